import type { Schemas } from '../api/client';

export type Suggestion = Schemas['Suggestion'];
export type Suggestible = Schemas['Suggestible'];
export type SuggestionRef = Required<Schemas['SuggestionRef']>;
export type LinePosition = Schemas['LinePosition'];

/** The merge request that suggestions belong to. */
export interface ISuggestionsOf {
  /** Addresses the repository. */
  folder: string;
  iid: number;
}

/** One suggestion of a note, and where its thread stands. */
export interface ISuggested {
  ref: SuggestionRef;
  position: LinePosition;
  /** The file in JupyterLab, as a contents path; null where it can't be opened. */
  contentsPath: string | null;
}

/** The new lines that a comment is on: raw lines of one version of a file. */
export interface ISuggestOn {
  base_sha: string;
  head_sha: string;
  old_path: string;
  new_path: string;
  first: number;
  last: number;
}
