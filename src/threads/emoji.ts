/** Reactions that the picker offers, by GitLab's names. */
export const OFFERED: readonly [string, string][] = [
  ['thumbsup', '👍'],
  ['thumbsdown', '👎'],
  ['smile', '😄'],
  ['tada', '🎉'],
  ['thinking', '🤔'],
  ['heart', '❤️'],
  ['rocket', '🚀'],
  ['eyes', '👀']
];

const SIGNS = new Map<string, string>([
  ...OFFERED,
  ['clap', '👏'],
  ['confused', '😕'],
  ['fire', '🔥'],
  ['joy', '😂'],
  ['laughing', '😆'],
  ['ok_hand', '👌'],
  ['100', '💯'],
  ['pray', '🙏'],
  ['raised_hands', '🙌'],
  ['slight_smile', '🙂'],
  ['white_check_mark', '✅'],
  ['wave', '👋']
]);

/** The sign of a reaction; its name where only GitLab knows the sign. */
export function emojiSign(name: string): string {
  return SIGNS.get(name) ?? `:${name}:`;
}
