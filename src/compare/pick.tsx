import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Schemas } from '../api/client';
import { relativeTime } from '../components';
import { type IPage, type IPickOption, PickList } from './pickList';

type Branch = Schemas['Branch'];
type FileCommit = Schemas['FileCommit'];

/** "main", or "origin/main" for the one of a remote. */
export function branchName({ remote, name }: Branch): string {
  return remote === null ? name : `${remote}/${name}`;
}

/** Asks for a branch; null if none was chosen. */
export function pickBranch(
  branches: readonly Branch[],
  trans: TranslationBundle
): Promise<Branch | null> {
  const options = branches.map(branch => ({
    key: branchName(branch),
    label: branchName(branch),
    detail: [branch.title, age(branch.committed_at, trans)].join(' · '),
    value: branch
  }));
  return pick(
    trans.__('Compare with a branch'),
    () => Promise.resolve({ options, next: null }),
    trans
  );
}

/** Asks for one of a file's commits; null if none was chosen. */
export function pickCommit(
  load: (page: number) => Promise<Schemas['FileHistory']>,
  trans: TranslationBundle
): Promise<FileCommit | null> {
  return pick(
    trans.__('Compare with a commit'),
    async page => {
      const { items, next_page: next } = await load(page);
      return {
        options: items.map(item => ({
          key: item.commit.sha,
          label: item.commit.title,
          detail: [
            item.commit.author_name,
            age(item.commit.authored_at, trans),
            item.commit.short_sha
          ].join(' · '),
          value: item
        })),
        next
      };
    },
    trans
  );
}

function age(iso: string, trans: TranslationBundle): string {
  return relativeTime(iso, Date.now(), trans);
}

async function pick<T>(
  title: string,
  load: (page: number) => Promise<IPage<T>>,
  trans: TranslationBundle
): Promise<T | null> {
  const body = new PickBody(load, trans);
  const dialog = new Dialog<T | null>({
    title,
    body,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Compare') })
    ],
    focusNodeSelector: 'input'
  });
  body.accept = () => dialog.resolve(1);
  const result = await dialog.launch();
  return result.button.accept ? result.value : null;
}

class PickBody<T> extends ReactWidget implements Dialog.IBodyWidget<T | null> {
  constructor(
    private _load: (page: number) => Promise<IPage<T>>,
    private _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-gitlab-PickDialog');
  }

  /** Closes the dialog with what is chosen. */
  accept: () => void = () => undefined;

  getValue(): T | null {
    return this._chosen?.value ?? null;
  }

  protected override render(): React.JSX.Element {
    return (
      <PickList
        load={this._load}
        trans={this._trans}
        onChoose={option => {
          this._chosen = option;
        }}
        onAccept={() => this.accept()}
      />
    );
  }

  private _chosen: IPickOption<T> | null = null;
}
