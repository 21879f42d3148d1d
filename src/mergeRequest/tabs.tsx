import * as React from 'react';

import { useTrans } from '../api/context';
import { useDocument } from './context';

export type TabName = 'overview' | 'changes' | 'commits';

function tabId(folder: string, iid: number, name: TabName): string {
  return `jp-gitlab-tab-${folder}-${iid}-${name}`;
}

/** The tabs of a merge request; arrow keys move between them. */
export function Tabs(props: {
  chosen: TabName;
  tabs: readonly { name: TabName; label: string; count: number | null }[];
  onChoose: (tab: TabName) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { folder, iid } = useDocument();
  const { tabs, chosen, onChoose } = props;
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    const step =
      event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const index = tabs.findIndex(tab => tab.name === chosen);
      const next = (index + step + tabs.length) % tabs.length;
      onChoose(tabs[next].name);
      const buttons = event.currentTarget.querySelectorAll('button');
      buttons[next].focus();
    }
  };
  return (
    <div
      className="jp-gitlab-Tabs"
      role="tablist"
      aria-label={trans.__('Merge request')}
      onKeyDown={onKeyDown}
    >
      {tabs.map(tab => (
        <button
          key={tab.name}
          type="button"
          role="tab"
          id={tabId(folder, iid, tab.name)}
          aria-selected={tab.name === chosen}
          aria-controls={`${tabId(folder, iid, tab.name)}-panel`}
          tabIndex={tab.name === chosen ? 0 : -1}
          onClick={() => onChoose(tab.name)}
        >
          {tab.label}
          {tab.count !== null && (
            <span className="jp-gitlab-Tabs-count">{tab.count}</span>
          )}
        </button>
      ))}
    </div>
  );
}

/** What a tab shows: made when first chosen, then kept, so that nothing typed or unfolded is lost. */
export function TabPanel(props: {
  name: TabName;
  chosen: TabName;
  children: React.ReactNode;
}): React.JSX.Element | null {
  const { folder, iid } = useDocument();
  const { name, chosen } = props;
  const made = React.useRef(false);
  made.current ||= name === chosen;
  if (!made.current) {
    return null;
  }
  return (
    <div
      className="jp-gitlab-TabPanel"
      role="tabpanel"
      id={`${tabId(folder, iid, name)}-panel`}
      aria-labelledby={tabId(folder, iid, name)}
      hidden={name !== chosen}
    >
      {props.children}
    </div>
  );
}
