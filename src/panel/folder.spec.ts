import { Widget } from '@lumino/widgets';

import { currentFolder, type ICurrentFolderOptions } from './folder';

function options(
  widget: Widget | null,
  documentPath: string | null
): ICurrentFolderOptions {
  return {
    shell: { currentWidget: widget },
    labShell: null,
    docManager: {
      contextForWidget: () =>
        documentPath === null ? undefined : { path: documentPath }
    },
    fileBrowser: { model: { path: 'browsed' } },
    contents: {
      driveName: (path: string) =>
        path.includes(':') ? path.split(':')[0] : '',
      localPath: (path: string) => path.split(':').pop()
    }
  } as unknown as ICurrentFolderOptions;
}

describe('currentFolder', () => {
  it("is the active document's", () => {
    expect(currentFolder(options(new Widget(), 'clone/nb/a.ipynb'))).toBe(
      'clone/nb'
    );
  });

  it("is the file browser's when the active widget is no document", () => {
    expect(currentFolder(options(new Widget(), null))).toBe('browsed');
    expect(currentFolder(options(null, null))).toBe('browsed');
  });

  it('is that of a merge request or diff while it is active', () => {
    const widget = Object.assign(new Widget(), { gitlabFolder: 'other' });
    expect(currentFolder(options(widget, null))).toBe('other');
  });

  it("looks through the collaboration's drive at the disk", () => {
    expect(currentFolder(options(new Widget(), 'RTC:clone/a.ipynb'))).toBe(
      'clone'
    );
  });

  it('is null on a drive that is not the disk', () => {
    expect(currentFolder(options(new Widget(), 's3:bucket/a.ipynb'))).toBe(
      null
    );
  });
});
