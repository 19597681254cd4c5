import type { Delay } from './runs/run-document.ts';

/** A timer of the page: starting it again calls off what it waited for. */
export function pageDelay(page: Window): Delay {
  let timer = 0;
  const cancel = (): void => {
    page.clearTimeout(timer);
  };
  return {
    cancel,
    start: (milliseconds, action) => {
      cancel();
      timer = page.setTimeout(action, milliseconds);
    },
  };
}
