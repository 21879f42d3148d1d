import type * as React from 'react';

import type { InsertText } from '../components/markdownField';
import type { DraftTarget } from './drafts';

/** What a tool of the comment box works on. */
export interface IBoxToolsProps {
  target: DraftTarget;
  body: string;
  insert: InsertText;
}

/** Tools of the comment box beside those that every text field has. */
export function BoxTools(_props: IBoxToolsProps): React.ReactNode {
  return null;
}
