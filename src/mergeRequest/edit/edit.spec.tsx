import { RenderMimeRegistry } from '@jupyterlab/rendermime';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { QueryClient } from '@tanstack/react-query';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';

import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { useMergeRequest } from '../../api/queries';
import { DiffSettings } from '../../diff/settings';
import { type FakeClient, fakeClient, renderWithApi } from '../../testing/api';
import { JONAS, mergeRequest, MIRA } from '../../testing/mergeRequests';
import type { IGitLab } from '../../tokens';
import { type IDocumentServices, ServicesProvider } from '../context';
import { EditableDescription } from './description';
import {
  LabelsDetail,
  MilestoneDetail,
  OptionsDetail,
  PeopleDetail
} from './details';
import { EditableTitle } from './title';

type MergeRequest = ReturnType<typeof mergeRequest>;

const SPRING = {
  id: 5,
  title: 'Spring',
  due_date: '2027-03-01',
  expired: false
};

const LISTS: Record<string, unknown> = {
  '/members': { users: [MIRA, JONAS, { id: 4, username: 'kim', name: 'Kim' }] },
  '/labels': {
    labels: [
      { name: 'data', color: '#ff0000', text_color: '#fff', description: '' }
    ]
  },
  '/milestones': { milestones: [SPRING] },
  '/merge-request-templates': {
    templates: [{ name: 'Bug', content: '## What broke' }],
    default: null
  }
};

const SERVICES: IDocumentServices = {
  folder: 'clone',
  iid: 42,
  commands: new CommandRegistry(),
  gitlab: {
    state: { kind: 'loading' },
    stateChanged: new Signal({})
  } as unknown as IGitLab,
  rendermime: new RenderMimeRegistry(),
  settings: new DiffSettings(null),
  setTitle: () => undefined
};

function Page(): React.JSX.Element | null {
  const { data } = useMergeRequest('clone', 42);
  return data ? (
    <ServicesProvider value={SERVICES}>
      <EditableTitle mergeRequest={data}>
        <span />
      </EditableTitle>
      <EditableDescription mergeRequest={data} />
      <PeopleDetail mergeRequest={data} of="reviewers" />
      <PeopleDetail mergeRequest={data} of="assignees" />
      <LabelsDetail mergeRequest={data} />
      <MilestoneDetail mergeRequest={data} />
      <OptionsDetail mergeRequest={data} />
    </ServicesProvider>
  ) : null;
}

/** The page of a merge request on a GitLab that takes what it is sent. */
function show(shown: MergeRequest = mergeRequest()): {
  client: FakeClient;
  cache: QueryClient;
} {
  const client = fakeClient();
  let now = shown;
  client.get.mockImplementation((path: string) =>
    Promise.resolve(path === '/merge-requests/{iid}' ? now : LISTS[path])
  );
  client.put.mockImplementation((_path: string, { body }) => {
    now = { ...now, ...body };
    return Promise.resolve(now);
  });
  const cache = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Infinity } }
  });
  cache.setQueryData(keys.detail('clone', 42), shown);
  renderWithApi(<Page />, { client, cache });
  return { client, cache };
}

const edit = (name: string) =>
  userEvent.click(screen.getByRole('button', { name }));
const sent = (client: FakeClient) => client.put.mock.calls[0]?.[1].body;

beforeEach(() => window.localStorage.clear());

describe('editing a merge request', () => {
  it('changes title and draft state together, Enter saves', async () => {
    const { client } = show();
    await edit('Edit title');
    const field = screen.getByRole('textbox', { name: 'Title' });
    expect(field).toHaveFocus();
    await userEvent.click(screen.getByLabelText(/^Draft/));
    await userEvent.clear(field);
    await userEvent.type(field, 'Report AUC{Enter}');
    await waitFor(() =>
      expect(sent(client)).toEqual({ title: 'Report AUC', draft: true })
    );
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Edit title' })).toHaveFocus()
    );
  });

  it('does not send an empty title', async () => {
    const { client } = show();
    await edit('Edit title');
    await userEvent.clear(screen.getByRole('textbox', { name: 'Title' }));
    expect(screen.getByRole('alert')).toHaveTextContent('needs a title');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(client.put).not.toHaveBeenCalled();
  });

  it('leaves the title as it was on Escape', async () => {
    const { client } = show();
    await edit('Edit title');
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Title' }),
      ' more{Escape}'
    );
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(
      /^Add AUC metric !42$/
    );
    expect(client.put).not.toHaveBeenCalled();
  });

  it('keeps a description over a failure and a reload', async () => {
    const { client } = show();
    client.put.mockRejectedValueOnce(
      new ApiError(502, {
        code: 'gitlab_unreachable',
        message: 'GitLab can’t be reached.',
        hint: ''
      })
    );
    await edit('Edit description');
    const field = screen.getByRole('textbox', { name: 'Description' });
    await userEvent.type(field, ' And more.');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/GitLab did not take/)).toBeVisible();
    expect(field).toHaveValue('Reports AUC. And more.');
    document.body.replaceChildren();

    const again = show();
    expect(screen.getByRole('textbox', { name: 'Description' })).toHaveValue(
      'Reports AUC. And more.'
    );
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(sent(again.client)).toEqual({
        description: 'Reports AUC. And more.'
      })
    );
    await waitFor(() => expect(window.localStorage).toHaveLength(0));
  });

  it('shows what somebody else wrote meanwhile', async () => {
    const { cache } = show();
    await edit('Edit description');
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Description' }),
      ' Mine.'
    );
    cache.setQueryData(
      keys.detail('clone', 42),
      mergeRequest({ description: 'Theirs.' })
    );
    expect(await screen.findByText('Theirs.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Save over it' })).toBeVisible();
  });

  it('previews the description and starts from a template', async () => {
    show(mergeRequest({ description: '' }));
    await edit('Write one');
    await screen.findByRole('option', { name: 'Bug' });
    fireEvent.change(screen.getByLabelText('Template'), {
      target: { value: 'Bug' }
    });
    expect(screen.getByRole('textbox', { name: 'Description' })).toHaveValue(
      '## What broke'
    );
    await userEvent.click(screen.getByRole('radio', { name: 'Preview' }));
    expect(
      await within(screen.getByRole('region', { name: 'Preview' })).findByText(
        /What broke/
      )
    ).toBeVisible();
  });

  it('changes reviewers; the author is not offered', async () => {
    const { client } = show();
    await edit('Edit reviewers');
    expect(await screen.findByRole('option', { name: /Kim/ })).toBeVisible();
    expect(screen.queryByRole('option', { name: /Mira/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /Remove Jonas/ }));
    await userEvent.click(screen.getByRole('combobox', { name: 'Reviewers' }));
    fireEvent.mouseDown(screen.getByRole('option', { name: /Kim/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent(client)).toEqual({ reviewer_ids: [4] }));
  });

  it('changes assignees, labels and the milestone', async () => {
    const { client } = show();
    await edit('Edit assignees');
    fireEvent.mouseDown(await screen.findByRole('option', { name: /Kim/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent(client)).toEqual({ assignee_ids: [4] }));
    await edit('Edit labels');
    fireEvent.mouseDown(await screen.findByRole('option', { name: /data/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(client.put.mock.calls[1][1].body).toEqual({
        labels: ['model', 'data']
      })
    );
    await edit('Edit milestone');
    await screen.findByRole('option', { name: /Spring/ });
    fireEvent.change(screen.getByLabelText('Milestone'), {
      target: { value: '5' }
    });
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(client.put.mock.calls[2][1].body).toEqual({ milestone_id: 5 })
    );
  });

  it('asks GitLab nothing when nothing has changed', async () => {
    const { client } = show();
    await edit('Edit labels');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(client.put).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: 'Edit labels' })).toBeVisible();
  });

  it('sets what becomes of commits and branch at once', async () => {
    const { client } = show();
    await userEvent.click(screen.getByLabelText('Squash commits'));
    await waitFor(() => expect(sent(client)).toEqual({ squash: true }));
  });

  it('has no pencils for those who may not', () => {
    show(mergeRequest({ can_update: false }));
    expect(screen.queryByRole('button', { name: /^Edit/ })).toBeNull();
    expect(screen.getByLabelText('Squash commits')).toBeDisabled();
  });
});
