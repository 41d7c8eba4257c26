import type { EventName, EventPayload } from '#shared/contract/events.ts';

/** A page that calls core. */
export interface Screen<Port> {
  readonly id: number;
  givePort(port: Port): void;
  tell(event: EventName, payload: unknown): void;
}

/** Core's side: a new port for a screen, or false when it is not ready. */
export interface ScreenConnector<Port> {
  isReady(): boolean;
  connect(port: Port): void;
  createChannel(): readonly [Port, Port];
}

/**
 * The pages that asked for core, by web contents. A page asks anew each time it loads, and each gets a fresh port at
 * once, or as soon as core is ready.
 */
export class Screens<Port> {
  readonly #core: ScreenConnector<Port>;
  readonly #screens = new Map<number, Screen<Port>>();

  constructor(core: ScreenConnector<Port>) {
    this.#core = core;
  }

  /** Returns whether the page was not known yet; a known one has been loaded anew. */
  add(screen: Screen<Port>): boolean {
    const isNew = !this.#screens.has(screen.id);
    this.#screens.set(screen.id, screen);
    if (this.#core.isReady()) this.#connect(screen);
    return isNew;
  }

  remove(id: number): void {
    this.#screens.delete(id);
  }

  /** Core answers (again): every page gets its port, then hears of it. */
  coreReady(): void {
    for (const screen of this.#screens.values()) this.#connect(screen);
    this.tellAll('core.available', { available: true });
  }

  coreGone(): void {
    this.tellAll('core.available', { available: false });
  }

  tellAll<Name extends EventName>(event: Name, payload: EventPayload<Name>): void {
    for (const screen of this.#screens.values()) screen.tell(event, payload);
  }

  #connect(screen: Screen<Port>): void {
    const [forCore, forScreen] = this.#core.createChannel();
    this.#core.connect(forCore);
    screen.givePort(forScreen);
  }
}
