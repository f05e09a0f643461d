# shellcheck shell=bash
# Sourced. The project's git repository: two releases in its history, one commit not
# yet pushed, and the next release in the working tree.

commit_on() { # date message
  git add --all
  GIT_AUTHOR_DATE="$1T09:00:00Z" GIT_COMMITTER_DATE="$1T09:00:00Z" git commit --quiet --message "$2"
}

# Lays a release over the working tree, newest first: each says what it lacks.
return_to() { # release
  local gone
  while read -r gone; do rm -r "${gone:?}"; done <"$WORLD_SOURCE/history/$1/absent"
  cp -R "$WORLD_SOURCE/history/$1/." .
  rm absent
}

make_repository() { # directory remote
  mkdir -p "$1"
  cd "$1" || return
  git init --quiet
  git remote add origin "$2"
  cp -R "$WORLD_SOURCE/app/." .

  return_to 0.9.3-alpha
  return_to 0.9.2-alpha
  commit_on 2026-01-12 "feat: members, dues and Stripe webhook"
  git tag v0.9.2-alpha
  git branch main

  cp -R "$WORLD_SOURCE/app/docs/decisions" docs/
  commit_on 2026-01-20 "docs: ADR-007, monitoring strategy"
  cp -R "$WORLD_SOURCE/history/0.9.3-alpha/." .
  rm absent
  commit_on 2026-01-28 "chore: release 0.9.3-alpha"
  git tag v0.9.3-alpha

  git init --quiet --bare "$2"
  git push --quiet origin main develop --tags
  git branch --quiet --set-upstream-to=origin/develop develop
  git remote set-head origin develop
}

# From here on a push deploys.
add_hook() { # remote
  cat >"$1/hooks/post-receive" <<-HOOK
	#!/usr/bin/env bash
	# Deploys develop, as Railway does when GitHub tells it of a push.
	set -euo pipefail
	export WORLD=$(printf %q "$WORLD") PATH=$(printf %q "$WORLD_SOURCE/bin"):\$PATH
	while read -r _ new ref; do
	  if [[ \$ref == refs/heads/develop ]]; then
	    /usr/bin/python3 -B $(printf %q "$WORLD_SOURCE/lib/hosting.py") deploy-commit "\$PWD" "\$new"
	  fi
	done
	HOOK
  chmod +x "$1/hooks/post-receive"
}

# One commit that is not pushed, and the next release, not committed.
make_next_release() {
  sed -i 's/^\*\*Fix:\*\* the event.s id/**Fix (0.9.2):** the event'"'"'s id/' docs/BUGS_LOG.md
  commit_on 2026-02-02 "docs: name the release that fixed Bug #005"
  cp -R "$WORLD_SOURCE/app/"{VERSION,CHANGELOG.md,unioncore,tests} .
}
