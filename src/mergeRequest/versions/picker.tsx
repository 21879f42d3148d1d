import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { versionNumber } from './lastReview';

/** Which version is shown (null: the newest), and what it is compared with (null: the target branch). */
export interface IVersionChoice {
  version: number | null;
  since: number | null;
}

export const NEWEST: IVersionChoice = { version: null, since: null };

/** Two lists: a version, and an older one or the target branch to compare it with. */
export function VersionPicker(props: {
  versions: readonly Schemas['Version'][];
  target: string;
  choice: IVersionChoice;
  onChoose: (choice: IVersionChoice) => void;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { versions, choice, onChoose } = props;
  if (versions.length < 2) {
    return null;
  }
  const newest = versions[0].id;
  const shown = choice.version ?? newest;
  const older = versions.slice(
    versions.findIndex(each => each.id === shown) + 1
  );
  const name = (version: Schemas['Version']) =>
    trans.__(
      'version %1 (%2, %3)',
      versionNumber(versions, version.id),
      version.diff_refs.head_sha.slice(0, 8),
      new Date(version.created_at).toLocaleDateString()
    );
  return (
    <div
      className="jp-gitlab-VersionPicker"
      role="group"
      aria-label={trans.__('Compare versions')}
    >
      <label>
        {trans.__('Compare')}
        <select
          className="jp-gitlab-input"
          aria-label={trans.__('Version')}
          value={shown}
          onChange={event => {
            const id = Number(event.target.value);
            const below = versions.findIndex(each => each.id === id);
            const keeps = versions
              .slice(below + 1)
              .some(each => each.id === choice.since);
            onChoose({
              version: id === newest ? null : id,
              since: keeps ? choice.since : null
            });
          }}
        >
          {versions.map(version => (
            <option key={version.id} value={version.id}>
              {version.id === newest
                ? trans.__('latest: %1', name(version))
                : name(version)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {trans.__('with')}
        <select
          className="jp-gitlab-input"
          aria-label={trans.__('Compare with')}
          value={choice.since ?? 0}
          onChange={event =>
            onChoose({
              version: choice.version,
              since: Number(event.target.value) || null
            })
          }
        >
          <option value={0}>
            {trans.__('%1 (target branch)', props.target)}
          </option>
          {older.map(version => (
            <option key={version.id} value={version.id}>
              {name(version)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
