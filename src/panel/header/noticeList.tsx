import { closeIcon, UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useTrans } from '../../api/context';
import { Button, ErrorBox, IconButton } from '../../components';
import { type INotice, notices } from '../notices';

/** What the last actions left to be read. */
export function NoticeList(): React.JSX.Element {
  return (
    <UseSignal signal={notices.changed}>
      {() => (
        <>
          {notices.all.map(notice =>
            notice.output === undefined ? (
              <Failure key={notice.id} notice={notice} />
            ) : (
              <Output key={notice.id} notice={notice} />
            )
          )}
        </>
      )}
    </UseSignal>
  );
}

function Failure(props: { notice: INotice }): React.JSX.Element {
  const { notice } = props;
  return (
    <ErrorBox
      title={notice.title}
      error={notice.error}
      actions={
        notice.action && (
          <Button
            onClick={() => {
              notices.dismiss(notice.id);
              notice.action?.execute();
            }}
          >
            {notice.action.label}
          </Button>
        )
      }
      onDismiss={() => notices.dismiss(notice.id)}
    />
  );
}

function Output(props: { notice: INotice }): React.JSX.Element {
  const trans = useTrans();
  const { notice } = props;
  return (
    <div className="jp-gitlab-Output" role="status">
      <details open={!notice.output?.includes('\n')}>
        <summary>{notice.title}</summary>
        <pre>{notice.output}</pre>
      </details>
      <IconButton
        icon={closeIcon}
        label={trans.__('Dismiss')}
        onClick={() => notices.dismiss(notice.id)}
      />
    </div>
  );
}
