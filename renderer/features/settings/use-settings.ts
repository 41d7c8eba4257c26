import { useCallback, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { defaultSettings, type Settings } from '#shared/contract/shell.ts';
import { callKey, useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import type { Command } from '../../api/use-command.ts';

export function useSettings(): Settings {
  return useCall('settings.get', {}).data ?? defaultSettings;
}

interface ChangeSettings {
  readonly change: (change: Partial<Settings>) => Promise<void>;
  readonly command: Command<'settings.update'>;
}

/** Changes settings and shows them at once. */
export function useChangeSettings(): ChangeSettings {
  const client = useQueryClient();
  const command = useCommand('settings.update');
  const { run } = command;
  const change = useCallback(
    async (part: Partial<Settings>) => {
      const outcome = await run({ change: part });
      if (outcome.ok) client.setQueryData(callKey('settings.get', {}), outcome.value);
    },
    [client, run],
  );
  return { change, command };
}

interface RememberedWidth {
  readonly width: number;
  /** While dragging: nothing is written yet. */
  readonly preview: (width: number) => void;
  readonly remember: (width: number) => void;
}

/** Widths of a pane or of a table's columns, remembered across sessions. Keys are `<pane>` or `<table>.<column>`. */
export function useWidths(defaults: Readonly<Record<string, number>>): (key: string) => RememberedWidth {
  const settings = useSettings();
  const { change } = useChangeSettings();
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({});
  const latest = useRef<Readonly<Record<string, number>>>({});
  return (key) => ({
    width: dragged[key] ?? settings.widths[key] ?? defaults[key] ?? 120,
    preview: (width) => setDragged((old) => ({ ...old, [key]: width })),
    remember: (width) => {
      latest.current = { ...latest.current, [key]: width };
      setDragged((old) => ({ ...old, [key]: width }));
      // A width that could not be remembered is not worth a message; the next drag tries again.
      void change({ widths: { ...settings.widths, ...latest.current } });
    },
  });
}
