export { signIn, signOut } from './account';
export { createBranch, switchBranch } from './branches';
export { discard, setAllTicked, setTicked } from './changes';
export { commit, prepareCommit } from './commit';
export { setIdentity } from './identity';
export {
  copyLink,
  createMergeRequest,
  returnToTarget,
  setDraft
} from './mergeRequests';
export { refreshLocal, refreshRemote } from './refresh';
export { fetch, pull, push, sync } from './sync';
