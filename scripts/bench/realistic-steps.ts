/** Ten blocks of the kind that real runbooks have; each document's differ. No I/O. */
export function realisticSteps(index: number): string[] {
  return [
    `export SERVICE=service-${index}`,
    'curl --fail --silent "https://$SERVICE.example.org/health"',
    'kubectl get pods -l "app=$SERVICE" -o json | jq ".items | length"',
    'for pod in $(kubectl get pods -o name); do\n  kubectl logs --tail=20 "$pod"\ndone',
    "git fetch origin\ngit status --short",
    'psql "$DATABASE_URL" --command "select count(*) from members"',
    'test -n "$SERVICE" && echo "deploying $SERVICE"',
    'systemctl status "$SERVICE" --no-pager',
    'tar -czf "backup-$SERVICE.tar.gz" data/',
    'echo "done: $SERVICE"',
  ];
}
