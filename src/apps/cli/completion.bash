# SPDX-License-Identifier: Apache-2.0
# bash completion of threadline
_threadline() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "scan explain serve check milter held case policy memory extract judge lookalike --help --version" -- "$current")
    return
  fi
  case $previous in
    --format)
      local formats="table csv jsonl xlsx html timesketch markdown iris"
      [[ $command == case ]] && formats="xlsx csv jsonl markdown html timesketch iris"
      [[ $command == explain ]] && formats="text json jsonl"
      [[ $command == memory ]] && formats="text json"
      [[ $command == lookalike ]] && formats="tsv jsonl"
      mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$current"); return ;;
    --log-mapping) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --separator) mapfile -t COMPREPLY < <(compgen -W "comma semicolon" -- "$current"); return ;;
    --kind) mapfile -t COMPREPLY < <(compgen -W "action event payment" -- "$current"); return ;;
    --tab) mapfile -t COMPREPLY < <(compgen -W "timeline actions all" -- "$current"); return ;;
    --as) mapfile -t COMPREPLY < <(compgen -W "legitimate fraud suspicious compromised irrelevant unknown" -- "$current"); return ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W "fr en" -- "$current"); return ;;
    --direction) mapfile -t COMPREPLY < <(compgen -W "inbound outbound auto" -- "$current"); return ;;
    --events) mapfile -t COMPREPLY < <(compgen -W "all none hops" -- "$current"); return ;;
    --min-severity | --fail-on) mapfile -t COMPREPLY < <(compgen -W "info low medium high critical" -- "$current"); return ;;
  esac
  local evidence="--format --output --own-domain --policy --direction --password-file --dkim-keys --mmdb --log-mapping --log-zone --ocr --lang --jobs --quiet --verbose --help"
  case $command:$current in
    scan:-*) mapfile -t COMPREPLY < <(compgen -W "$evidence --tz --min-severity --fail-on --events --source-label --collected-by --collected-at --method --memory --case --by --separator --no-bom" -- "$current") ;;
    serve:-*) mapfile -t COMPREPLY < <(compgen -W "--port --no-browser --case --own-domain --policy --lang --tz --by --jobs --password-file --dkim-keys --log-mapping --log-zone --ocr --quiet --help" -- "$current") ;;
    explain:-*) mapfile -t COMPREPLY < <(compgen -W "$evidence" -- "$current") ;;
    extract:-*) mapfile -t COMPREPLY < <(compgen -W "--shard --memory --policy --own-domain --jobs --ocr --password-file --dkim-keys --mmdb --quiet --help" -- "$current") ;;
    judge:-*) mapfile -t COMPREPLY < <(compgen -W "--shard --memory --learn --drop-facts --incomplete --format --output --policy --own-domain --direction --lang --tz --min-severity --events --fail-on --case --quiet --help" -- "$current") ;;
    check:-*) mapfile -t COMPREPLY < <(compgen -W "--memory --own-domain --policy --direction --dkim-keys --mmdb --lang --jobs --help" -- "$current") ;;
    milter:-*) mapfile -t COMPREPLY < <(compgen -W "--policy --memory --own-domain --direction --socket --socket-group --socket-mode --user --metrics --key-file --jobs --drain --dry-run --dkim-keys --mmdb --lang --help" -- "$current") ;;
    held:-*) mapfile -t COMPREPLY < <(compgen -W "--queue-json --log --format --alarm --alarm-after --alarm-state --help" -- "$current") ;;
    case:-*) mapfile -t COMPREPLY < <(compgen -W "--case --by --lang --title --own-domain --tz --kind --at --actor --comment --source --amount --debited --credited --reference --payee-check --why --as --format --tab --separator --no-bom --output --include-private --head --answer --help" -- "$current") ;;
    case:*) ((COMP_CWORD == 2)) && mapfile -t COMPREPLY < <(compgen -W "init add note qualify strike attach show export report verify timestamp" -- "$current") ;;
    lookalike:-*) mapfile -t COMPREPLY < <(compgen -W "--reference --format --help" -- "$current") ;;
    memory:-*) mapfile -t COMPREPLY < <(compgen -W "--format --access --person --domain --before --facts --output --help" -- "$current") ;;
    memory:*) ((COMP_CWORD == 2)) && mapfile -t COMPREPLY < <(compgen -W "show purge export migrate" -- "$current") ;;
    policy:-*) mapfile -t COMPREPLY < <(compgen -W "--policy --output --help" -- "$current") ;;
    policy:*) ((COMP_CWORD == 2)) && mapfile -t COMPREPLY < <(compgen -W "check show import-accounts" -- "$current") ;;
  esac
}
complete -o default -F _threadline threadline
