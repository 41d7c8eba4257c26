import { describe, expect, it } from 'vitest';
import { packagesFor, withoutInstalled } from '#scripts/lib/system-packages.ts';
import { hasDisplay } from '#scripts/lib/xvfb.ts';

describe('withoutInstalled', () => {
  const wanted = [['libgtk-3-0t64', 'libgtk-3-0'], ['xvfb'], ['unzip']];

  it('takes any of the names of a package', () => {
    const listing = 'libgtk-3-0 installed\nxvfb installed\nunzip installed\n';
    expect(withoutInstalled(wanted, listing)).toEqual([]);
  });

  it('does not take a removed package for an installed one', () => {
    const listing = 'libgtk-3-0t64 installed\nxvfb config-files\n';
    expect(withoutInstalled(wanted, listing)).toEqual([['xvfb'], ['unzip']]);
  });
});

it('asks for nothing that the need does not name', () => {
  expect(packagesFor(['staging'])).toEqual([['unzip']]);
  expect(packagesFor(['window', 'tests']).flat()).toEqual(expect.arrayContaining(['xvfb', 'qpdf']));
});

it('knows when there is a display', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'win32')).toBe(true);
});
