import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { useTrans } from '../api/context';

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60]
];

/**
 * "2 hours ago" in the interface's language, "just now" below a minute; `narrow`: only the distance, "2 hr".
 */
export function relativeTime(
  iso: string,
  now: number,
  trans: TranslationBundle,
  narrow = false
): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (Number.isNaN(seconds)) {
    return iso;
  }
  const language = document.documentElement.lang || undefined;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) {
      const count = Math.round(seconds / size);
      return narrow
        ? new Intl.NumberFormat(language, {
            style: 'unit',
            unit,
            unitDisplay: 'short'
          }).format(Math.abs(count))
        : new Intl.RelativeTimeFormat(language).format(count, unit);
    }
  }
  return narrow ? trans.__('now') : trans.__('just now');
}

/** A moment as its distance from now, the exact time in the tooltip; keeps up with the clock. */
export function RelativeTime(props: {
  /** ISO 8601. */
  time: string;
  narrow?: boolean;
}): React.JSX.Element {
  const trans = useTrans();
  const [now, setNow] = React.useState(() => Date.now());
  React.useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 60_000);
    return () => window.clearInterval(timer);
  }, []);
  const date = new Date(props.time);
  const exact = Number.isNaN(date.getTime())
    ? props.time
    : date.toLocaleString();
  return (
    <time dateTime={props.time} title={exact} className="jp-gitlab-Time">
      {relativeTime(props.time, now, trans, props.narrow)}
    </time>
  );
}
