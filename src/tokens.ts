/** The id of this extension: prefix of plugin ids, settings and translation domain. */
export const EXTENSION_ID = 'jupyterlab-gitlab-workflow';

/** The translation domain of every string shown to the user. */
export const TRANSLATION_DOMAIN = 'jupyterlab_gitlab';
