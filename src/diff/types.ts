import type { Schemas } from '../api/client';

export type NotebookDiff = Schemas['NotebookDiff'];
export type TextDiff = Schemas['TextDiff'];
export type BinaryDiff = Schemas['BinaryDiff'];
export type FileDiff = NotebookDiff | TextDiff | BinaryDiff;
export type CellDiff = Schemas['CellDiff'];
export type SourceRow = Schemas['SourceRow'];
export type OutputDiff = Schemas['OutputDiff'];
export type OutputSummary = Schemas['OutputSummary'];
export type FileSide = Schemas['FileSide'];
export type Anchor = Schemas['Anchor'];

/** How two pictures are compared. */
export type ImageMode = 'side' | 'swipe' | 'onion' | 'difference';

/** What the user chose to see; remembered in the settings. */
export interface IDiffOptions {
  mode: 'inline' | 'split';
  /** Markdown as it reads and tables as tables, rather than their source. */
  rendered: boolean;
  outputs: boolean;
  /** Cells of which only the outputs have changed. */
  outputOnly: boolean;
  metadata: boolean;
  /** Lines that differ in blanks only count as changed. */
  whitespace: boolean;
  images: ImageMode;
}

export const DEFAULT_OPTIONS: IDiffOptions = {
  mode: 'inline',
  rendered: false,
  outputs: true,
  outputOnly: true,
  metadata: false,
  whitespace: true,
  images: 'side'
};

/** The cell of a text file: it has none. */
export const NO_CELL = -1;

/** A source row and where it stands: position of its cell in the diff (or {@link NO_CELL}) and of the row in it. */
export interface IRowPlace {
  cell: number;
  index: number;
  row: SourceRow;
}

/** The layout of something with these sides: there is nothing to put beside the only one. */
export function layoutOf(
  sides: { old: unknown; new: unknown },
  options: IDiffOptions
): IDiffOptions['mode'] {
  return sides.old && sides.new ? options.mode : 'inline';
}
