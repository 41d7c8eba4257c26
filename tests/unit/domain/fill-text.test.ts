import { describe, expect, it } from 'vitest';
import { fillText } from '#shared/messages/fill-text.ts';

describe('fillText', () => {
  it('fills each blank once, and reads nothing into what fills it', () => {
    expect(fillText('{a} {b} {a}', { a: '{b}', b: '$&' })).toBe('{b} $& {b}');
    expect(fillText('số {number}', { number: 0 })).toBe('số 0');
  });

  it('leaves a blank without a parameter empty, or to the caller', () => {
    expect(fillText('của {name}.', {})).toBe('của .');
    expect(fillText('của {name}.', {}, () => '—')).toBe('của —.');
    expect(fillText('của {name}.', {}, (blank) => blank)).toBe('của {name}.');
    expect(fillText('{constructor}', {})).toBe('');
  });
});
