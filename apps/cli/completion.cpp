// delian completion bash|zsh

#include <ostream>

#include "cli/commands.hpp"
#include "io/atlas.hpp"

namespace delian::cli {
namespace {

// Kept in step with main.cpp by a test that compares the options of every --help with these texts.
constexpr std::string_view bash = R"(# bash completion for delian: source <(delian completion bash)
_delian() {
  local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  case "$previous" in
    --words) COMPREPLY=($(compgen -W "icd203 uk" -- "$word")); return ;;
    --lang) COMPREPLY=($(compgen -W "en fr" -- "$word")); return ;;
    --body) COMPREPLY=($(compgen -W "@BODIES@" -- "$word")); return ;;
    -o|--output) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --group) COMPREPLY=($(compgen -W "group id body year" -- "$word")); return ;;
    --on|--seed|--draws|--threads|--folds) return ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "new check run score calibrate completion --help --version" -- "$word"))
    return
  fi
  local options=""
  case "${COMP_WORDS[1]}" in
    new) options="--body --on --output -o --force --lang --help" ;;
    check) options="--strict --json --help" ;;
    run) options="--seed --draws --threads --words --lang --json --quiet -q --output -o --help" ;;
    score) options="--folds --leave-one-out --group --shipped --draws --seed --threads --json \
--quiet -q --help" ;;
    calibrate) options="--draws --seed --threads --json --quiet -q --help" ;;
    completion) COMPREPLY=($(compgen -W "bash zsh --help" -- "$word")); return ;;
  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  else
    COMPREPLY=($(compgen -f -X '!*.toml' -- "$word") $(compgen -d -- "$word"))
  fi
}
complete -o filenames -F _delian delian
)";

constexpr std::string_view zsh = R"(#compdef delian
# zsh completion for delian: delian completion zsh > "${fpath[1]}/_delian"
_delian() {
  local -a commands
  commands=(
    'new:write a skeleton with every member of a body on a date'
    'check:report every error and warning, with its place in the file'
    'run:answer a scenario'
    'score:score forecasts of decided cases, beside baselines'
    'calibrate:fit the parameters of the consensus model to decided cases'
    'completion:print a completion script for a shell'
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    _arguments '--help[show help]' '--version[show the version]'
    return
  fi
  local command="${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
    new) _arguments '--body[body]:body:(@BODIES@)' '--on[date of the decision]:date:' \
           '(-o --output)'{-o,--output}'[write here]:file:_files' '--force[replace the file]' \
           '--lang[language]:language:(en fr)' '--help[show help]' ;;
    check) _arguments '--strict[exit 1 when there are warnings]' '--json[diagnostics as JSON]' \
             '--help[show help]' '*:scenario:_files -g "*.toml"' ;;
    run) _arguments '--seed[seed of the draws]:number:' '--draws[number of draws]:number:' \
           '--threads[threads]:number:' '--words[probability words]:yardstick:(icd203 uk)' \
           '--lang[language]:language:(en fr)' '--json[the whole answer as JSON]' \
           '(-q --quiet)'{-q,--quiet}'[no progress and no warnings]' \
           '(-o --output)'{-o,--output}'[write here]:file:_files' '--help[show help]' \
           '*:scenario:_files -g "*.toml"' ;;
    score) _arguments '(--leave-one-out)--folds[number of parts]:number:' \
             '(--folds)--leave-one-out[one group at a time]' \
             '--group[what makes one group]:key:(group id body year)' \
             '--shipped[score the parameters that ship]' '--draws[draws of each case]:number:' \
             '--seed[seed of the draws]:number:' '--threads[threads]:number:' \
             '--json[every score as JSON]' '(-q --quiet)'{-q,--quiet}'[no progress and no warnings]' \
             '--help[show help]' '*:cases:_files' ;;
    calibrate) _arguments '--draws[draws of each case]:number:' \
                 '--seed[seed of the draws]:number:' '--threads[threads]:number:' \
                 '--json[parameters as JSON]' \
                 '(-q --quiet)'{-q,--quiet}'[no progress and no warnings]' \
                 '--help[show help]' '*:cases:_files' ;;
    completion) _arguments '--help[show help]' '1:shell:(bash zsh)' ;;
  esac
}
_delian "$@"
)";

}  // namespace

int completion(const CompletionArguments& arguments, Streams& streams) {
  std::string bodies;
  for (const Body& body : io::atlas().bodies) bodies += (bodies.empty() ? "" : " ") + body.id;
  std::string script(arguments.shell == "bash" ? bash : zsh);
  constexpr std::string_view mark = "@BODIES@";
  script.replace(script.find(mark), mark.size(), bodies);
  streams.out << script;
  return exit_ok;
}

}  // namespace delian::cli
