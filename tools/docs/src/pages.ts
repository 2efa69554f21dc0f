import { codesPage, declaredCodes } from './codes.ts';
import { glossaryPage } from './glossary-page.ts';
import { profilesPage } from './profiles-page.ts';
import { settingsPage } from './settings-page.ts';

/** Every generated page of docs/reference, by its path from the repository's folder. */
export async function generatedPages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/codes.md', codesPage(await declaredCodes())],
    ['docs/reference/glossary.md', glossaryPage()],
    ['docs/reference/settings.md', settingsPage()],
    ['docs/reference/profiles.md', profilesPage()],
  ]);
}
