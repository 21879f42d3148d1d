import { fireEvent, screen, waitFor } from '@testing-library/react';

import type { Schemas } from '../../api/client';
import {
  account,
  panelFixture,
  renderPart,
  repository
} from '../../testing/panel';
import { FakeServer, refuse } from '../../testing/server';
import { GateFace, useGate } from './gate';
import type { ICurrent } from '../services';

const Gated = (props: { current: ICurrent; brief?: boolean }) => (
  <GateFace gate={useGate(props.current)} brief={props.brief}>
    {() => <p>open</p>}
  </GateFace>
);

async function draw(answer: unknown, repo = repository(), brief = false) {
  const server = new FakeServer({ 'GET /accounts': answer });
  const fixture = await panelFixture(server, repo);
  renderPart(
    fixture.services,
    <Gated current={fixture.current} brief={brief} />
  );
  return { server, ...fixture };
}

const problem = (code: Schemas['ErrorCode']): Schemas['ErrorReply'] => ({
  code,
  message: `What is wrong: ${code}.`,
  hint: 'Make a new one.',
  details: {}
});

describe('the gate to GitLab', () => {
  it('is open when signed in', async () => {
    await draw(account());
    expect(await screen.findByText('open')).toBeInTheDocument();
  });

  it('says how to connect a repository that has no remote, without asking', async () => {
    const { server } = await draw(account(), repository({ remote: null }));
    expect(await screen.findByText('No GitLab remote')).toBeInTheDocument();
    expect(server.to('GET /accounts')).toHaveLength(0);
  });

  it('takes a remote that is a folder for none', async () => {
    const { server } = await draw(
      account(),
      repository({
        remote: {
          name: 'origin',
          url: '/srv/git/x',
          host: null,
          project_path: null
        }
      })
    );
    expect(await screen.findByText('No GitLab remote')).toBeInTheDocument();
    expect(server.to('GET /accounts')).toHaveLength(0);
  });

  it('names a host that is not known', async () => {
    await draw(refuse(422, 'host_unknown'));
    expect(
      await screen.findByText('Not known as a GitLab: gitlab.example')
    ).toBeInTheDocument();
  });

  it('asks for a token and says which host it goes to', async () => {
    await draw(account({ signed_in: false }));
    const form = await screen.findByRole('form', {
      name: 'Sign in to gitlab.example'
    });
    expect(form).toHaveTextContent('Sent to gitlab.example only');
    expect(
      screen.getByRole('link', { name: /Make a token on gitlab.example/ })
    ).toHaveAttribute(
      'href',
      'https://gitlab.example/-/user_settings/personal_access_tokens'
    );
  });

  it.each([
    ['token_expired', 'has expired'],
    ['token_revoked', 'was revoked'],
    ['token_scope_missing', 'may not do enough'],
    ['token_invalid', 'does not accept your token']
  ] as const)('says which trouble a token has: %s', async (code, words) => {
    await draw(account({ problem: problem(code) }));
    const form = await screen.findByRole('form', {
      name: new RegExp(words)
    });
    expect(form).toHaveTextContent(`What is wrong: ${code}.`);
  });

  it('keeps what is known in sight while GitLab does not answer', async () => {
    await draw(account({ problem: problem('gitlab_unreachable') }));
    expect(await screen.findByText('open')).toBeInTheDocument();
  });

  it('says less the second time', async () => {
    await draw(account({ signed_in: false }), repository(), true);
    expect(
      await screen.findByText('Sign in above to see them.')
    ).toBeInTheDocument();
    expect(screen.queryByRole('form')).toBeNull();
  });

  it('warns before a token crosses the network unencrypted', async () => {
    await draw(account({ signed_in: false, secure: false }));
    expect(await screen.findByText(/plain HTTP/)).toBeInTheDocument();
  });

  it('does not warn where it stays on this machine', async () => {
    await draw(
      account({ signed_in: false, secure: false, host: '127.0.0.1:8080' })
    );
    await screen.findByRole('form');
    expect(screen.queryByText(/plain HTTP/)).toBeNull();
  });
});

describe('signing in', () => {
  it('sends the token with the host that was named, and opens', async () => {
    const { server } = await draw(account({ signed_in: false }));
    server.answer('POST /accounts', () => {
      server.answer('GET /accounts', account());
      return account();
    });
    fireEvent.change(await screen.findByLabelText('Personal access token'), {
      target: { value: ' glpat-x ' }
    });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('open')).toBeInTheDocument();
    expect(server.to('POST /accounts')[0].body).toEqual({
      host: 'gitlab.example',
      token: 'glpat-x'
    });
  });

  it('says what is wrong with the token and keeps the form', async () => {
    const { server } = await draw(account({ signed_in: false }));
    server.answer(
      'POST /accounts',
      refuse(403, 'token_scope_missing', 'It lacks the scope api.')
    );
    fireEvent.change(await screen.findByLabelText('Personal access token'), {
      target: { value: 'glpat-x' }
    });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() =>
      expect(screen.getByRole('alert')).toHaveTextContent(
        'It lacks the scope api.'
      )
    );
    expect(screen.getByLabelText('Personal access token')).toHaveValue(
      'glpat-x'
    );
  });
});
