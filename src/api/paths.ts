/** A path id as the server part writes it: every byte percent-encoded but letters, digits and `_.-~/`. */
export function pathId(path: string): string {
  return path
    .split('/')
    .map(part =>
      encodeURIComponent(part).replace(
        /[!'()*]/g,
        character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
      )
    )
    .join('/');
}
