/** Shared with the page by jupyterlab-git, where that is installed. */
declare module '@jupyterlab/git';
