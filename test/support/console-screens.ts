import type { Locator, Page } from 'playwright-core';
import type { Seated } from './console-world.js';

export const dialog = (page: Page): Locator => page.getByRole('dialog').first();

/** The heading of the screen. */
export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { name, level: 1 });

export const press = async (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();

/** Sends what is in the open dialog and waits until it has happened. */
export async function sent({ page }: Seated, button: string, told: string): Promise<void> {
  await dialog(page).getByRole('button', { name: button, exact: true }).click();
  await page.getByText(told).first().waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}
