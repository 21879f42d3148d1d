import type { Schemas } from '../../api/client';
import type { IPickerOption } from '../../components/picker';

/** What the form holds; also what is kept in the browser until the merge request exists. */
export interface IFormValues {
  title: string;
  description: string;
  target: string;
  draft: boolean;
  squash: boolean;
  removeSource: boolean;
  assignees: IPickerOption<number>[];
  reviewers: IPickerOption<number>[];
  labels: IPickerOption<string>[];
  /** 0: none. */
  milestone: number;
}

const PREFIXES =
  /^(feature|feat|fix|bugfix|hotfix|chore|docs|refactor|test|task)$/i;

/** "feature/auc-metric" → "Auc metric": what a branch name would say as a sentence. */
export function humanise(branch: string): string {
  const parts = branch.split('/').filter(Boolean);
  while (parts.length > 1 && PREFIXES.test(parts[0])) {
    parts.shift();
  }
  const words = (parts[parts.length - 1] ?? branch)
    .replace(/^\d+[-_]+/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return words ? words.charAt(0).toLocaleUpperCase() + words.slice(1) : branch;
}

/** The title to start from: a single commit's own, else what the branch name says. */
export function suggestTitle(
  branch: string,
  commits: readonly Pick<Schemas['Commit'], 'title'>[]
): string {
  return commits.length === 1 ? commits[0].title : humanise(branch);
}

/** The description to start from: the project's template, else the body of a single commit. */
export function suggestDescription(
  templates: Schemas['Templates'] | undefined,
  commits: readonly Pick<Schemas['Commit'], 'body'>[]
): string {
  const chosen = templates?.templates.find(
    template => template.name === templates.default
  );
  return chosen?.content ?? (commits.length === 1 ? commits[0].body : '');
}

/** What was typed before a reload or a failure; null if nothing usable was kept. */
export function parseDraft(text: string): Partial<IFormValues> | null {
  if (!text) {
    return null;
  }
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null
      ? (data as Partial<IFormValues>)
      : null;
  } catch {
    return null;
  }
}

/** The request's body. */
export function toBody(
  values: IFormValues,
  source: string
): Schemas['CreateMergeRequestBody'] {
  return {
    title: values.title.trim(),
    source_branch: source,
    target_branch: values.target,
    description: values.description,
    draft: values.draft,
    labels: values.labels.map(label => label.key),
    assignee_ids: values.assignees.map(user => user.key),
    reviewer_ids: values.reviewers.map(user => user.key),
    milestone_id: values.milestone || null,
    squash: values.squash,
    remove_source_branch: values.removeSource
  };
}
