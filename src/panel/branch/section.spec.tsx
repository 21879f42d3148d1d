import { fireEvent, screen, waitFor } from '@testing-library/react';

import {
  account,
  panelFixture,
  renderPart,
  repository
} from '../../testing/panel';
import { mergeRequest as aMergeRequest } from '../../testing/mergeRequests';
import { FakeServer } from '../../testing/server';
import { CommandIDs } from '../../tokens';
import { BranchSection } from './section';

async function draw(
  found: ReturnType<typeof aMergeRequest> | null,
  repo = repository()
) {
  const server = new FakeServer({
    'GET /accounts': account(),
    'GET /projects': { default_branch: 'main' },
    'GET /merge-requests': {
      items: found ? [found] : [],
      page: 1,
      next_page: null,
      total: 1
    },
    ...(found ? { [`GET /merge-requests/${found.iid}`]: found } : {})
  });
  const fixture = await panelFixture(server, repo);
  renderPart(fixture.services, <BranchSection current={fixture.current} />);
  return { server, ...fixture };
}

describe('BranchSection', () => {
  it('shows the merge request of the branch and leads to it', async () => {
    const { executed, model } = await draw(
      aMergeRequest({
        iid: 42,
        title: 'Draft: Add AUC metric',
        draft: true,
        unresolved: 3
      })
    );
    expect(await screen.findByText('Add AUC metric')).toBeInTheDocument();
    expect(screen.getByText('draft')).toBeInTheDocument();
    expect(screen.getByText('3 unresolved')).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: 'Open review' }));
    expect(executed).toEqual([
      [CommandIDs.openMergeRequest, { folder: 'clone', iid: 42 }]
    ]);
    expect(model.branchMergeRequest).toMatchObject({ iid: 42 });
  });

  it('marks a draft as ready', async () => {
    const { server } = await draw(
      aMergeRequest({ iid: 42, draft: true, can_update: true })
    );
    server.answer('PUT /merge-requests/42', aMergeRequest({ iid: 42 }));
    fireEvent.click(
      await screen.findByRole('button', { name: 'Mark as ready' })
    );
    await waitFor(() =>
      expect(server.to('PUT /merge-requests/42')[0]?.body).toEqual({
        draft: false
      })
    );
  });

  it('counts approvals as Free and as paid tiers do', async () => {
    const approvals = {
      approved: true,
      approved_by: [{ id: 1, username: 'j', name: 'Jonas' }],
      required: null,
      left: null,
      user_has_approved: false,
      user_can_approve: true,
      approved_at: null,
      rules: []
    };
    await draw(aMergeRequest({ iid: 1, approvals }));
    expect(await screen.findByText('✓ approved by 1')).toBeInTheDocument();
  });

  it('counts those that are required', async () => {
    const approvals = {
      approved: false,
      approved_by: [{ id: 1, username: 'j', name: 'Jonas' }],
      required: 2,
      left: 1,
      user_has_approved: false,
      user_can_approve: true,
      approved_at: null,
      rules: []
    };
    await draw(aMergeRequest({ iid: 1, approvals }));
    expect(await screen.findByText('1 of 2 approvals')).toBeInTheDocument();
  });

  it('offers to make one', async () => {
    await draw(null);
    expect(
      await screen.findByRole('button', { name: 'Create merge request' })
    ).toBeInTheDocument();
  });

  it('offers a branch where the default branch is checked out', async () => {
    const { executed } = await draw(null, repository({ branch: 'main' }));
    fireEvent.click(
      await screen.findByRole('button', { name: 'Create branch…' })
    );
    expect(executed[0][0]).toBe(CommandIDs.createBranch);
  });

  it('asks for a branch on a detached HEAD', async () => {
    await draw(null, repository({ branch: null }));
    expect(
      await screen.findByText('No branch is checked out')
    ).toBeInTheDocument();
  });

  it('waits for the first commit', async () => {
    await draw(null, repository({ head: null }));
    expect(await screen.findByText('No commits yet')).toBeInTheDocument();
  });
});
