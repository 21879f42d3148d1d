/** How the server part addresses a project that has no clone here, where otherwise a folder stands. */
const PROJECT = 'gitlab-project:';

/** Whether a folder is such an address: then there are no files to open, edit or check out. */
export function isProjectAddress(folder: string): boolean {
  return folder.startsWith(PROJECT);
}

/** The full path of the project that an address names; null for a real folder. */
export function addressedProject(folder: string): string | null {
  return isProjectAddress(folder)
    ? folder.slice(folder.indexOf('/') + 1)
    : null;
}
