/** Shells that can be completed in. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * Bash hands over the line up to the cursor and takes what comes back: a candidate, a tab, and what it means. Bash ends a word at `=`
 * and `:`, so that what stands before the last of them is not typed again.
 */
const BASH = `_lab() {
  local line=\${COMP_LINE:0:COMP_POINT} value about current typed
  current=\${line##*[[:space:]]}
  typed=\${current%"\${current##*[=:]}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r value about; do
    if [ "$value" = ':files' ]; then compopt -o default 2>/dev/null; continue; fi
    if [ "\${value%=}" != "$value" ]; then compopt -o nospace 2>/dev/null; fi
    COMPREPLY+=("\${value#"$typed"}")
  done < <("\${COMP_WORDS[0]/#\\~/$HOME}" complete "$line" 2>/dev/null)
}
complete -F _lab lab ./lab
`;

const ZSH = `_lab() {
  local value about
  local -a whole begun
  while IFS=$'\\t' read -r value about; do
    if [[ $value == ':files' ]]; then _files
    elif [[ $value == *= ]]; then begun+=("\${value//:/\\\\:}:$about")
    else whole+=("\${value//:/\\\\:}:$about")
    fi
  done < <("\${words[1]/#\\~/$HOME}" complete "\${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)
  (( $#whole )) && _describe -V lab whole
  (( $#begun )) && _describe -V setting begun -S ''
  return 0
}
compdef _lab lab ./lab
`;

const FISH = `function __lab_complete
  set -l line (commandline -cp | string collect)
  set -l program (commandline -po)[1]
  for answer in ($program complete "$line" 2>/dev/null)
    if string match -q ':files*' -- $answer
      __fish_complete_path (commandline -ct)
    else
      echo $answer
    end
  end
end
complete -c lab -f -k -a '(__lab_complete)'
`;

/** Each asks \`./lab complete\` for what it offers: commands, stages, profiles, settings, hosts, runs and experiments as they are then. */
export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
