import * as React from 'react';

import { useTrans } from '../../api/context';
import { useChanges } from '../../api/queries';
import { Button } from '../../components';
import { setAllTicked } from '../actions';
import { tick } from '../actions/changes';
import { useServices } from '../context';
import type { ICurrent } from '../services';

/** In the section's title: ticks everything, or nothing when everything is ticked. */
export function SelectAll(props: {
  current: ICurrent;
}): React.JSX.Element | null {
  const services = useServices();
  const trans = useTrans();
  const files = (useChanges(props.current.folder, 0).data?.files ?? []).filter(
    file => file.conflict === null
  );
  if (files.length === 0) {
    return null;
  }
  const all = files.every(file => tick(file) === true);
  return (
    <Button
      kind="link"
      className="jp-gitlab-SelectAll"
      onClick={event => {
        // The title would fold the section.
        event.stopPropagation();
        void setAllTicked(services, !all);
      }}
    >
      {all ? trans.__('select none') : trans.__('select all')}
    </Button>
  );
}
