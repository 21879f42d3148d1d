import * as React from 'react';

/** As much of a GitLab user as is shown. */
export interface IUserLike {
  username: string;
  name: string;
}

/** First letters of the first and the last name. */
export function initials(user: IUserLike): string {
  const words = (user.name || user.username).trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : '']
    .map(word => [...word][0] ?? '')
    .join('');
  return letters.toLocaleUpperCase();
}

/** One of eight colours, the same for a user wherever it shows. */
export function avatarColor(username: string): number {
  let hash = 0;
  for (const character of username) {
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash % 8;
}

/** The user's initials in a disc: remote pictures are not loaded. */
export function Avatar(props: { user: IUserLike }): React.JSX.Element {
  const { user } = props;
  return (
    <span
      className="jp-gitlab-Avatar"
      data-color={avatarColor(user.username)}
      title={`${user.name} (@${user.username})`}
      aria-hidden="true"
    >
      {initials(user)}
    </span>
  );
}

/** The user's name, the GitLab user name in the tooltip. */
export function UserName(props: {
  user: IUserLike;
  avatar?: boolean;
}): React.JSX.Element {
  const { user, avatar = false } = props;
  return (
    <span className="jp-gitlab-UserName" title={`@${user.username}`}>
      {avatar && <Avatar user={user} />}
      <span>{user.name || user.username}</span>
    </span>
  );
}
