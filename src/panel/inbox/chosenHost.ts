import type { Schemas } from '../../api/client';
import { readDraft, useDraft } from '../drafts';

type KnownHost = Schemas['KnownHost'];

/** Under which the browser keeps the address of the GitLab that was chosen. */
export const CHOSEN_HOST = 'inbox-host';

/** The GitLab whose inbox shows where no repository is open: the one that was chosen, else the first. */
export function chosenHost(
  hosts: readonly KnownHost[],
  address = readDraft(CHOSEN_HOST)
): KnownHost | undefined {
  return hosts.find(host => host.address === address) ?? hosts[0];
}

/** The same as state, and how to choose another one. */
export function useChosenHost(
  hosts: readonly KnownHost[]
): [KnownHost | undefined, (address: string) => void] {
  const [address, choose] = useDraft(CHOSEN_HOST);
  return [chosenHost(hosts, address), choose];
}
