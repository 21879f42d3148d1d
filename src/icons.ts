import { LabIcon } from '@jupyterlab/ui-components';

import attachSvg from '../style/icons/attach.svg';
import branchSvg from '../style/icons/branch.svg';
import commentSvg from '../style/icons/comment.svg';
import diffSvg from '../style/icons/diff.svg';
import historySvg from '../style/icons/history.svg';
import lockSvg from '../style/icons/lock.svg';
import mergeRequestSvg from '../style/icons/merge-request.svg';
import offlineSvg from '../style/icons/offline.svg';
import reactSvg from '../style/icons/react.svg';
import warningSvg from '../style/icons/warning.svg';

const icon = (name: string, svgstr: string): LabIcon =>
  new LabIcon({ name: `jupyterlab-gitlab-workflow:${name}`, svgstr });

/** A neutral merge symbol: the sidebar's, the toolbar's and a merge request's own icon. */
export const mergeRequestIcon = icon('merge-request', mergeRequestSvg);
export const attachIcon = icon('attach', attachSvg);
export const branchIcon = icon('branch', branchSvg);
export const commentIcon = icon('comment', commentSvg);
export const diffIcon = icon('diff', diffSvg);
export const historyIcon = icon('history', historySvg);
export const lockIcon = icon('lock', lockSvg);
export const offlineIcon = icon('offline', offlineSvg);
export const reactIcon = icon('react', reactSvg);
export const warningIcon = icon('warning', warningSvg);
