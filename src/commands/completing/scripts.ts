/**
 * What shells source. They hand over what is typed as arguments, quote what they are given, and never run any of either:
 * no `eval`, no `compgen -W`. Each may be sourced again.
 */
export const SCRIPTS: Readonly<Record<"bash" | "zsh" | "fish", string>> = {
  // COMP_LINE is the one command that the cursor is in, $2 the end of it that bash puts the answer in place of.
  bash: `# bash completion for recctl
_recctl() {
  local line names=none
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
    command recctl complete --line "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null
  )
  [[ \${#COMPREPLY[@]} -eq 0 ]] && return
  names=\${COMPREPLY[0]}
  COMPREPLY=("\${COMPREPLY[@]:1}")
  # Before 4.0 bash has no compopt: no names of files there.
  if [[ $names == files ]]; then
    compopt -o default 2>/dev/null
  elif [[ $names == folders ]]; then
    compopt -o dirnames -o filenames 2>/dev/null
  elif [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -F _recctl recctl
`,
  // compadd quotes what it adds, and adds what fits.
  zsh: `#compdef recctl
# zsh completion for recctl
_recctl() {
  local line about
  local -a answer found shown listed folders
  answer=("\${(@f)$(command recctl complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)}")
  for line in "\${(@)answer[2,-1]}"; do
    about=\${line#*$'\\t'}
    line=\${line%%$'\\t'*}
    if [[ $line == */ ]]; then
      folders+=("$line")
    else
      found+=("$line")
      shown+=("$line\${about:+  -- $about}")
      [[ -n $about ]] && listed=(-l)
    fi
  done
  case \${answer[1]} in
    files) compset -P '--*=' ; _files ;;
    folders) compset -P '--*=' ; _directories ;;
    *)
      (( \${#folders} )) && compadd -S '' -a folders
      (( \${#found} )) && compadd $listed -d shown -a found
      (( \${#folders} + \${#found} ))
      ;;
  esac
}
if [[ \${funcstack[1]} == _recctl ]]; then
  _recctl "$@"
else
  compdef _recctl recctl
fi
`,
  fish: `# fish completion for recctl
function __recctl_complete
    set -l token (commandline -ct)
    set -l typed (string unescape -- "$token")
    set -l words (commandline -opc)
    set -l answer (command recctl complete -- $words[2..-1] "$typed" 2>/dev/null </dev/null)
    set -l lead (string match -r -- '^--[^=]+=' "$token")
    set -l rest (string replace -- "$lead" "" "$token")
    switch "$answer[1]"
        case files
            set answer files "$lead"(complete -C"'' $rest")
        case folders
            set answer folders "$lead"(complete -C"'' $rest" | string match -r '.*/$')
    end
    printf '%s\\n' $answer[2..-1]
end
complete -c recctl -e
complete -c recctl -f -a '(__recctl_complete)'
`,
};
