import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app-fixture.ts';

type Theme = 'dark' | 'light';

/**
 * Nothing of weight is found by axe in the window, or in what `within` selects there: by all of its rules in the theme on the screen, by that of contrast in
 * the other one, which differs from it in colours only. In a part of the window every finding has weight, in the whole of it the serious and critical ones.
 */
export async function expectSound(app: Page, place: string, within?: string): Promise<void> {
  const present: Theme = (await app.locator('html').getAttribute('data-theme')) === 'light' ? 'light' : 'dark';
  const other: Theme = present === 'light' ? 'dark' : 'light';
  expect(await findings(app, present, within), `${place}, ${present}`).toEqual([]);
  expect(await findings(app, other, within, 'color-contrast'), `${place}, ${other}`).toEqual([]);
  await show(app, present);
}

/** Each with its rule and its places. */
async function findings(app: Page, theme: Theme, within?: string, rule?: string): Promise<readonly string[]> {
  await show(app, theme);
  // The window has no frames; without this each analysis opens a page of its own to join theirs.
  const axe = new AxeBuilder({ page: app }).setLegacyMode();
  // The headings before a part are not seen with it.
  if (within !== undefined) axe.include(within).disableRules('heading-order');
  if (rule !== undefined) axe.withRules(rule);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => within !== undefined || impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

async function show(app: Page, theme: Theme): Promise<void> {
  await app.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await expect(app.locator('html')).toHaveAttribute('data-theme', theme);
}
