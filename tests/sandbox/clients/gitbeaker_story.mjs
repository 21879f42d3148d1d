// A review as @gitbeaker/rest plays it; prints what it saw as one line of JSON.
// usage: node gitbeaker_story.mjs MODULE_FOLDER URL TOKEN
import { Blob } from 'node:buffer';
import console from 'node:console';
import { createRequire } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [modules, host, token] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/x.js`));
const { Gitlab } = await import(
  pathToFileURL(require.resolve('@gitbeaker/rest'))
);
const api = new Gitlab({ host, token });
const seen = {};

const me = await api.Users.showCurrentUser();
const project = await api.Projects.create({
  name: 'gitbeaker',
  initializeWithReadme: true
});
const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}\n`);
await api.RepositoryFiles.create(
  project.id,
  'data/f ä.txt',
  'main',
  lines.join(''),
  'Add a file'
);
await api.Branches.create(project.id, 'feature', 'main');
lines[14] = 'fifteen\n';
await api.Commits.create(project.id, 'feature', 'Change it', [
  { action: 'update', filePath: 'data/f ä.txt', content: lines.join('') },
  { action: 'create', filePath: 'new.bin', content: 'AAEC', encoding: 'base64' }
]);
const file = await api.RepositoryFiles.show(project.id, 'new.bin', 'feature');
seen.bytes = file.content;

const opened = await api.MergeRequests.create(
  project.id,
  'feature',
  'main',
  'By gitbeaker',
  {
    assigneeId: me.id,
    labels: 'one,two'
  }
);
seen.labels = opened.labels;
const { iid } = opened;
seen.files = (await api.MergeRequests.allDiffs(project.id, iid)).map(
  diff => diff.new_path
);

const { base_sha, start_sha, head_sha } = opened.diff_refs;
const position = {
  baseSha: base_sha,
  startSha: start_sha,
  headSha: head_sha,
  positionType: 'text',
  oldPath: 'data/f ä.txt',
  newPath: 'data/f ä.txt'
};
const thread = await api.MergeRequestDiscussions.create(
  project.id,
  iid,
  'Why fifteen?',
  {
    position: { ...position, newLine: '15' }
  }
);
seen.line = thread.notes[0].position.new_line;
await api.MergeRequestDiscussions.addNote(
  project.id,
  iid,
  thread.id,
  'Because'
);
await api.MergeRequestDiscussions.resolve(project.id, iid, thread.id, true);
seen.resolved = (
  await api.MergeRequestDiscussions.show(project.id, iid, thread.id)
).notes.map(note => note.resolved);
await api.MergeRequestDraftNotes.create(project.id, iid, 'Kept back', {
  position: { ...position, newLine: 15 }
});
await api.MergeRequestDraftNotes.publishBulk(project.id, iid);
for (let number = 0; number < 25; number++) {
  await api.MergeRequestNotes.create(project.id, iid, `note ${number}`);
}
const notes = await api.MergeRequestNotes.all(project.id, iid, { sort: 'asc' });
seen.notes = notes.filter(note => note.body.startsWith('note ')).length;
const paged = await api.MergeRequestNotes.all(project.id, iid, {
  perPage: 10,
  page: 1,
  maxPages: 1,
  showExpanded: true
});
seen.pages = paged.paginationInfo.totalPages;
const mine = notes.find(note => note.body === 'note 3');
seen.award = (
  await api.MergeRequestNoteAwardEmojis.award(project.id, iid, mine.id, 'tada')
).name;
const upload = await api.Projects.uploadForReference(project.id, {
  content: new Blob(['1,2\n']),
  filename: 'a.csv'
});
seen.upload = upload.markdown.startsWith('[a.csv](/uploads/');
seen.todos = (await api.TodoLists.all({ projectId: project.id })).map(
  todo => todo.action_name
);
const merged = await api.MergeRequests.merge(project.id, iid, {
  sha: head_sha,
  shouldRemoveSourceBranch: true
});
seen.state = merged.state;
seen.branches = (await api.Branches.all(project.id)).map(branch => branch.name);
await api.MergeRequests.merge(project.id, iid).catch(error => {
  seen.again = [error.cause?.description, error.cause?.response?.status];
});
console.log(JSON.stringify(seen));
