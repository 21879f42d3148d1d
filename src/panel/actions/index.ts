export { signIn, signOut } from './account';
export { createBranch, switchBranch } from './branches';
export { discard, discardPaths, setAllTicked, setTicked } from './changes';
export { commit, prepareCommit } from './commit';
export { diffWithHead, diffWithTarget, openOnGitLab } from './files';
export { setIdentity } from './identity';
export { createMergeRequest, returnToTarget, setDraft } from './mergeRequests';
export { refreshAll, refreshLocal, refreshRemote } from './refresh';
export { fetch, pull, push, sync } from './sync';
