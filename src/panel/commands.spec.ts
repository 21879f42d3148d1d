import { CommandRegistry } from '@lumino/commands';

import { panelFixture, repository } from '../testing/panel';
import { FakeServer } from '../testing/server';
import { CommandIDs } from '../tokens';
import { addPanelCommands } from './commands';
import menu from '../../schema/plugin.json';

async function make(repo = repository()) {
  const { services, model } = await panelFixture(new FakeServer(), repo);
  const commands = new CommandRegistry();
  const ids = addPanelCommands(commands, services);
  return { commands, ids, model };
}

describe('addPanelCommands', () => {
  it('describes the arguments of every command', async () => {
    const { commands, ids } = await make();
    for (const id of ids) {
      const { args } = await commands.describedBy(id);
      expect(args).toMatchObject({ type: 'object' });
      expect(commands.label(id)).not.toBe('');
    }
  });

  it('has those of the main menu', async () => {
    const { ids } = await make();
    const elsewhere: string[] = [
      CommandIDs.showPanel,
      CommandIDs.showInbox,
      CommandIDs.signIn,
      CommandIDs.switchBranch
    ];
    const [gitlab] = menu['jupyter.lab.menus'].main;
    for (const item of gitlab.items) {
      if ('command' in item && item.command) {
        expect([...ids, ...elsewhere]).toContain(item.command);
      }
    }
  });

  it('offers what the repository can do', async () => {
    const { commands, model } = await make(repository({ remote: null }));
    expect(commands.isEnabled(CommandIDs.commit)).toBe(true);
    expect(commands.isEnabled(CommandIDs.push)).toBe(false);
    expect(commands.isEnabled(CommandIDs.markReady)).toBe(false);
    model.setBranchMergeRequest({
      iid: 1,
      title: '',
      draft: true,
      web_url: ''
    });
    expect(commands.isEnabled(CommandIDs.markReady)).toBe(true);
  });
});
