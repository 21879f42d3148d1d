const REMOTE = /^(?:https?:)?\/\//i;

/**
 * The hosts that drawing this data could load something from: charts name tables and pictures by their address, in
 * places that only the renderer knows. `$schema` names a format and is never loaded.
 */
export function remoteHosts(data: unknown): string[] {
  const hosts = new Set<string>();
  const open = [data];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') {
      if (REMOTE.test(value)) {
        hosts.add(hostOf(value));
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) {
        if (name !== '$schema') {
          open.push(part);
        }
      }
    }
  }
  return [...hosts].sort();
}

function hostOf(address: string): string {
  try {
    return new URL(address, 'https://here.invalid').host;
  } catch {
    return address.slice(0, 80);
  }
}
