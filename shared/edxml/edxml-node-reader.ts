import { EdxmlError } from './edxml-error.ts';
import type { EdxmlWarning, EdxmlWarningCode } from './edxml-message.ts';
import type { EdxmlNode } from './edxml-tree.ts';
import type { Payload } from './payload.ts';
import { EDXML_EXTENSION_NAMESPACE, readEdxmlDate, readEdxmlTimestamp } from './edxml-values.ts';

/** Reads values out of one element by the local names of its children, whatever their order; notes what it tolerates. */
export class NodeReader {
  readonly warnings: EdxmlWarning[];
  readonly #node: EdxmlNode;

  constructor(node: EdxmlNode, warnings: EdxmlWarning[]) {
    this.#node = node;
    this.warnings = warnings;
  }

  child(name: string): NodeReader | null {
    const found = this.#node.children.find((child) => child.name === name);
    return found ? new NodeReader(found, this.warnings) : null;
  }

  /** A child of ours beside those of the standard (`EDXML_EXTENSION_NAMESPACE`). */
  extension(name: string): NodeReader | null {
    const found = this.#node.children.find(
      (child) => child.name === name && child.namespace === EDXML_EXTENSION_NAMESPACE,
    );
    return found ? new NodeReader(found, this.warnings) : null;
  }

  requiredChild(name: string): NodeReader {
    const child = this.child(name);
    if (!child) throw new EdxmlError('EDXML_MISSING_FIELD', { field: name });
    return child;
  }

  children(name: string): NodeReader[] {
    return this.#node.children
      .filter((child) => child.name === name)
      .map((child) => new NodeReader(child, this.warnings));
  }

  ownText(): string {
    return this.#node.text;
  }

  payload(): Payload | null {
    return this.#node.payload;
  }

  /** '' when absent. Of several equal children the first that says something counts. */
  text(name: string): string {
    return this.#node.children.find((child) => child.name === name && child.text !== '')?.text ?? '';
  }

  texts(name: string): string[] {
    return this.#node.children.filter((child) => child.name === name && child.text !== '').map((child) => child.text);
  }

  /** Whole number ≥ 0; null (with a warning) when the text is something else. */
  number(name: string): number | null {
    const text = this.text(name);
    if (text === '') return null;
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
    this.warn('FIELD_UNREADABLE', name);
    return null;
  }

  /** `1`/`true` and `0`/`false`. */
  flag(name: string): boolean | null {
    const text = this.text(name).toLowerCase();
    if (text === '') return null;
    if (text === '1' || text === 'true') return true;
    if (text === '0' || text === 'false') return false;
    this.warn('FIELD_UNREADABLE', name);
    return null;
  }

  date(name: string): string | null {
    return this.#parsed(name, readEdxmlDate);
  }

  timestamp(name: string): string | null {
    return this.#parsed(name, readEdxmlTimestamp);
  }

  warn(code: EdxmlWarningCode, field: string): void {
    this.warnings.push({ code, field });
  }

  #parsed(name: string, parse: (text: string) => string | null): string | null {
    const text = this.text(name);
    if (text === '') return null;
    const value = parse(text);
    if (value === null) this.warn('FIELD_UNREADABLE', name);
    return value;
  }
}
