import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';

import { loaded } from './loading';
import { GitLabPanel } from './panel/panel';

const trans = nullTranslator.load('');

afterEach(() => {
  Notification.dismiss();
});

describe('a part that is loaded on its first use', () => {
  it('is handed over', async () => {
    expect(await loaded(() => Promise.resolve('part'), trans)).toBe('part');
    expect(Notification.manager.count).toBe(0);
  });

  it('is told to be missing, with what to do', async () => {
    const away = () => Promise.reject(new Error('ChunkLoadError'));
    await expect(loaded(away, trans)).rejects.toThrow('ChunkLoadError');
    expect(Notification.manager.notifications[0].message).toContain(
      'Check that the Jupyter server is running and try again'
    );
  });
});

describe('the panel', () => {
  it('tries again to get its contents when it could not', async () => {
    const fill = jest
      .fn<Promise<void>, [GitLabPanel]>()
      .mockRejectedValueOnce(new Error('away'))
      .mockResolvedValue(undefined);
    const panel = new GitLabPanel(fill, 'It could not be loaded.');
    await expect(panel.filled()).rejects.toThrow('away');
    expect(panel.node).toHaveTextContent('It could not be loaded.');
    await panel.filled();
    await panel.filled();
    expect(fill).toHaveBeenCalledTimes(2);
    expect(panel.node).not.toHaveTextContent('It could not be loaded.');
  });
});
