import {
  PanelWithToolbar,
  ReactWidget,
  type SidePanel
} from '@jupyterlab/ui-components';
import type { AccordionPanel } from '@lumino/widgets';
import * as React from 'react';

import { hasCode } from '../api/errors';
import { Skeleton } from '../components';
import type { PanelRequest, RepositoryState } from '../tokens';
import { BranchSection } from './branch/section';
import { ChangesSection } from './changes/section';
import { SelectAll } from './changes/selectAll';
import { PanelProvider, WithState } from './context';
import { fitSections } from './fit';
import { Header } from './header/header';
import { NoRepository } from './header/noRepository';
import { InboxElsewhere } from './inbox/elsewhere';
import { InboxSection } from './inbox/section';
import { MergeRequestsSection } from './mergeRequests/section';
import type { GitLabPanel } from './panel';
import type { ICurrent, IServices } from './services';
import { keepFresh } from './watch';

type Draw = (state: RepositoryState) => React.ReactNode;

/** A React root inside the panel that knows whether the panel is on screen. */
class PanelPart extends ReactWidget {
  constructor(
    private readonly _panel: GitLabPanel,
    private readonly _services: IServices,
    private readonly _draw: Draw
  ) {
    super();
    this.addClass('jp-gitlab-Part');
    _panel.visibleChanged.connect(this.update, this);
  }

  protected render(): React.JSX.Element {
    return (
      <PanelProvider services={this._services} visible={this._panel.isVisible}>
        <WithState services={this._services}>{this._draw}</WithState>
      </PanelProvider>
    );
  }
}

/** Draws only where there is a repository; the header says why there is none. */
function inRepository(draw: (current: ICurrent) => React.ReactNode): Draw {
  return function Part(state) {
    return state.kind === 'ready' ? draw(state) : null;
  };
}

/** The section, counted from above, that must be unfolded for a request. */
const SECTION_OF: Partial<Record<PanelRequest, number>> = {
  'focus-message': 0,
  'focus-sign-in': 1,
  'show-inbox': 3
};

function drawHeader(state: RepositoryState): React.ReactNode {
  switch (state.kind) {
    case 'loading':
      return <Skeleton lines={6} />;
    case 'failed':
      return (
        <>
          <NoRepository folder={state.folder} error={state.error} />
          {hasCode(state.error, 'not_a_repository') && <InboxElsewhere />}
        </>
      );
    case 'ready':
      return <Header current={state} />;
  }
}

function addSection(
  panel: SidePanel,
  label: string,
  className: string,
  body: PanelPart,
  tool?: PanelPart
): PanelWithToolbar {
  const section = new PanelWithToolbar();
  section.addClass('jp-gitlab-Section');
  section.addClass(className);
  section.title.label = label;
  section.addWidget(body);
  if (tool) {
    section.toolbar.addItem('tool', tool);
  }
  panel.addWidget(section);
  return section;
}

/** Puts header and sections into the panel, once, when it is first shown. */
export function fillPanel(panel: GitLabPanel, services: IServices): void {
  const { gitlab, trans } = services;
  const part = (draw: Draw) => new PanelPart(panel, services, draw);

  panel.header.addWidget(part(drawHeader));

  const changes = addSection(
    panel,
    trans.__('Changes'),
    'jp-gitlab-mod-changes',
    part(
      inRepository(current => (
        <ChangesSection
          key={current.repository.id}
          current={current}
          onCount={count => {
            changes.title.label =
              count > 0 ? trans.__('Changes (%1)', count) : trans.__('Changes');
          }}
        />
      ))
    ),
    part(inRepository(current => <SelectAll current={current} />))
  );
  addSection(
    panel,
    trans.__('This branch'),
    'jp-gitlab-mod-branch',
    part(
      inRepository(current => (
        <BranchSection key={current.repository.id} current={current} />
      ))
    )
  );
  addSection(
    panel,
    trans.__('Merge requests'),
    'jp-gitlab-mod-mergeRequests',
    part(
      inRepository(current => (
        <MergeRequestsSection key={current.repository.id} current={current} />
      ))
    )
  );
  const inbox = addSection(
    panel,
    trans.__('Inbox'),
    'jp-gitlab-mod-inbox',
    part(
      inRepository(current => (
        <InboxSection
          key={current.repository.remote?.host ?? ''}
          current={current}
          onCount={count => {
            inbox.title.label =
              count > 0 ? trans.__('Inbox (%1)', count) : trans.__('Inbox');
          }}
        />
      ))
    )
  );
  inbox.title.caption = trans.__('What waits for you in all projects');
  const accordion = panel.content as AccordionPanel;
  fitSections(accordion);
  // Before the part that has the focus in it: what is folded can't take it.
  gitlab.panelRequested.connect((_, request) => {
    const section = SECTION_OF[request];
    if (section !== undefined) {
      accordion.expand(section);
    }
  });

  const showSections = () => {
    panel.content.setHidden(gitlab.state.kind !== 'ready');
  };
  gitlab.stateChanged.connect(showSections);
  showSections();
  keepFresh(panel, services);
}
