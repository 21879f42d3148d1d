"""The framework under every route: sign-in, parameters, pages, failures, as GitLab's API has them."""
