import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import { ApiProvider } from '../api/context';
import type { PanelRequest, RepositoryState } from '../tokens';
import type { IServices } from './services';

const Context = React.createContext<IServices | null>(null);

/** JupyterLab's side of things for the components of the panel. */
export function useServices(): IServices {
  const services = React.useContext(Context);
  if (services === null) {
    throw new Error('useServices needs a PanelProvider above it.');
  }
  return services;
}

/** Does what a command asks of the panel, also if it was asked for just before this part was drawn. */
export function usePanelRequest(request: PanelRequest, act: () => void): void {
  const { gitlab } = useServices();
  const latest = React.useRef(act);
  React.useLayoutEffect(() => {
    latest.current = act;
  });
  React.useEffect(() => {
    const look = (): void => {
      if (gitlab.takePanelRequest(request)) {
        latest.current();
      }
    };
    look();
    gitlab.panelRequested.connect(look);
    return () => {
      gitlab.panelRequested.disconnect(look);
    };
  }, [gitlab, request]);
}

/** Everything a section needs above it. */
export function PanelProvider(props: {
  services: IServices;
  visible: boolean;
  children: React.ReactNode;
}): React.JSX.Element {
  const { services, visible } = props;
  return (
    <Context.Provider value={services}>
      <ApiProvider
        client={services.gitlab.client}
        trans={services.trans}
        visible={visible}
      >
        {props.children}
      </ApiProvider>
    </Context.Provider>
  );
}

/** Draws with the state of the current repository, again whenever it changes. */
export function WithState(props: {
  services: IServices;
  children: (state: RepositoryState) => React.ReactNode;
}): React.JSX.Element {
  const { gitlab } = props.services;
  return (
    <UseSignal signal={gitlab.stateChanged}>
      {() => <>{props.children(gitlab.state)}</>}
    </UseSignal>
  );
}
