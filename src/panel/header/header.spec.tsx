import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { ApiError } from '../../api/errors';
import {
  account,
  panelFixture,
  renderPart,
  repository
} from '../../testing/panel';
import { FakeServer, refuse } from '../../testing/server';
import { CommandIDs } from '../../tokens';
import { notices } from '../notices';
import { choices } from './branchPicker';
import { Header } from './header';
import { NoRepository } from './noRepository';

const branch = (name: string, change = {}) => ({
  name,
  remote: null,
  current: false,
  sha: 'a',
  title: '',
  committed_at: '2026-01-01T00:00:00Z',
  upstream: null,
  ahead: null,
  behind: null,
  ...change
});

async function draw(
  repo = repository(),
  answers: Record<string, unknown> = {}
) {
  const server = new FakeServer({ 'GET /accounts': account(), ...answers });
  const fixture = await panelFixture(server, repo);
  renderPart(fixture.services, <Header current={fixture.current} />);
  return { server, ...fixture };
}

afterEach(() => notices.clear());

describe('Header', () => {
  it('shows project, branch and what there is to push and to pull', async () => {
    await draw(
      repository({
        upstream: {
          remote: 'origin',
          branch: 'feature/auc',
          ahead: 2,
          behind: 1,
          gone: false
        }
      })
    );
    expect(screen.getByText('churn')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Branch: feature/auc' })
    ).toBeInTheDocument();
    expect(screen.getByLabelText('2 to push, 1 to pull')).toHaveTextContent(
      '↑2↓1'
    );
  });

  it('says that GitLab does not have the branch', async () => {
    await draw(repository({ upstream: null }));
    expect(
      screen.getByTitle('GitLab does not have this branch yet.')
    ).toBeInTheDocument();
  });

  it.each([[{ remote: null }], [{ branch: null }], [{ head: null }]])(
    'has nothing to sync with %j',
    async change => {
      await draw(repository(change));
      expect(screen.getByRole('button', { name: 'Sync' })).toBeDisabled();
    }
  );

  it('tells a detached HEAD, a first commit and an operation under way', async () => {
    await draw(repository({ branch: null, operation: 'rebase' }));
    expect(screen.getByText(/detached HEAD/)).toBeInTheDocument();
    expect(screen.getByText(/A rebase is under way/)).toBeInTheDocument();
  });

  it('tells since when GitLab is silent, and that it answers again', async () => {
    const { services, server } = await draw(repository(), {
      'GET /projects': refuse(502, 'gitlab_unreachable')
    });
    const ask = () =>
      act(() =>
        services.gitlab.client.get('/projects', { query: { folder: '' } }).then(
          () => undefined,
          () => undefined
        )
      );
    await ask();
    expect(screen.getByText(/Local work goes on/)).toBeInTheDocument();
    server.answer('GET /projects', {});
    await ask();
    expect(screen.queryByText(/Local work goes on/)).toBeNull();
  });

  it('keeps failures until they are dismissed, with their way out', async () => {
    const execute = jest.fn();
    await draw();
    act(() =>
      notices.add({
        title: 'Not pushed.',
        error: new Error('no'),
        action: { label: 'Pull', execute }
      })
    );
    fireEvent.click(screen.getByRole('button', { name: 'Pull' }));
    expect(execute).toHaveBeenCalled();
    expect(screen.queryByText('Not pushed.')).toBeNull();
  });
});

describe('BranchPicker', () => {
  const answers = {
    'GET /branches': {
      branches: [
        branch('feature/auc', { current: true }),
        branch('main'),
        branch('remote-only', { remote: 'origin' })
      ],
      default: 'main'
    },
    'POST /branches/switch': {
      branch: 'main',
      output: '',
      changed_paths: []
    },
    'POST /branches': { branch: 'new#1', output: '', changed_paths: [] }
  };

  it('switches by keyboard alone', async () => {
    const { server } = await draw(repository(), answers);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: /Branch/ }));
    await screen.findByRole('option', { name: /main/ });
    await user.keyboard('{ArrowDown}{Enter}');
    await screen.findByRole('button', { name: /Branch/ });
    expect(server.to('POST /branches/switch')[0].body).toEqual({
      name: 'main',
      pull: false
    });
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('creates what is not there yet', async () => {
    const { server } = await draw(repository(), answers);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: /Branch/ }));
    await screen.findByRole('option', { name: /main/ });
    await user.keyboard('new#1{Enter}');
    expect(server.to('POST /branches')[0].body).toEqual({
      name: 'new#1',
      start_point: null,
      switch: true
    });
  });

  it('does nothing for the branch one is on, and closes on Escape', async () => {
    const { server } = await draw(repository(), answers);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: /Branch/ }));
    await screen.findByRole('option', { name: /auc/ });
    await user.keyboard('{Enter}');
    expect(server.to('POST /branches/switch')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: /Branch/ }));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(screen.getByRole('button', { name: /Branch/ })).toHaveFocus();
  });

  it('offers no second branch of the same name', () => {
    const all = [branch('main'), branch('maintenance')];
    expect(choices(all, 'main').map(choice => choice.kind)).toEqual([
      'switch',
      'switch'
    ]);
    expect(choices(all, 'mai').map(choice => choice.kind)).toEqual([
      'switch',
      'switch',
      'create'
    ]);
  });
});

describe('NoRepository', () => {
  const failed = (
    code: 'not_a_repository' | 'dubious_ownership' | 'git_missing'
  ) =>
    new ApiError(404, {
      code,
      message: `Message of ${code}.`,
      hint: 'git config --global --add safe.directory /x'
    });

  it('says where to go when the folder is in no clone', async () => {
    const { services, executed } = await panelFixture(new FakeServer());
    renderPart(
      services,
      <NoRepository folder="data" error={failed('not_a_repository')} />
    );
    expect(screen.getByText(/“data” is not inside a clone/)).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'Show files' }));
    expect(executed[0][0]).toBe('filebrowser:activate');
  });

  it('gives the command that trusts a folder of somebody else', async () => {
    const { services } = await panelFixture(new FakeServer());
    renderPart(
      services,
      <NoRepository folder="x" error={failed('dubious_ownership')} />
    );
    expect(screen.getByText(/Git does not trust this folder/)).toBeVisible();
    expect(screen.getByText(/safe.directory/)).toBeVisible();
  });

  it('shows any other failure with another try', async () => {
    const { services } = await panelFixture(new FakeServer());
    renderPart(
      services,
      <NoRepository folder="x" error={failed('git_missing')} />
    );
    expect(screen.getByRole('alert')).toHaveTextContent('git_missing');
    expect(
      screen.getByRole('button', { name: 'Try again' })
    ).toBeInTheDocument();
  });
});

test('the refresh button runs the command', async () => {
  const { executed } = await draw();
  fireEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  expect(executed[0][0]).toBe(CommandIDs.refresh);
});
