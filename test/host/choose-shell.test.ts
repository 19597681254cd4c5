import { describe, expect, it } from 'vitest';
import { readStartOptions, reasonAgainstElectron } from '../../src-main/launch/choose-shell.mjs';

const desktop = { platform: 'linux', display: true, root: false };

describe('which shell npm start opens', () => {
  it('tries Electron on a desktop', () => {
    expect(reasonAgainstElectron(readStartOptions([]), desktop)).toBeNull();
  });

  it('passes a file on to Electron', () => {
    expect(readStartOptions(['a.unroll'])).toEqual({ browser: false, rest: ['a.unroll'] });
  });

  it.each([[['--browser']], [['--port', '4000']], [['--port=4000']], [['--no-open']]])('takes %j for a wish for the browser', (args) => {
    expect(reasonAgainstElectron(readStartOptions(args), desktop)).toBe('as asked');
  });

  it('keeps --browser to itself and passes on what the browser host knows', () => {
    expect(readStartOptions(['--browser', '--port', '4000', '--no-open']).rest).toEqual(['--port', '4000', '--no-open']);
  });

  it('names what Electron lacks on Linux: a display, a user other than root', () => {
    expect(reasonAgainstElectron(readStartOptions([]), { ...desktop, display: false })).toContain('no display');
    expect(reasonAgainstElectron(readStartOptions([]), { ...desktop, root: true })).toContain('root');
    expect(reasonAgainstElectron(readStartOptions([]), { platform: 'darwin', display: false, root: true })).toBeNull();
  });
});
