// delian completion bash|zsh

#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.hpp"
#include "delian/bargaining.hpp"
#include "delian/rule.hpp"
#include "io/atlas.hpp"
#include "io/fleets.hpp"
#include "io/sea.hpp"

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
    --format) COMPREPLY=($(compgen -W "@FORMATS@" -- "$word")); return ;;
    --capability) COMPREPLY=($(compgen -W "@CAPABILITIES@" -- "$word")); return ;;
    --model|--models) COMPREPLY=($(compgen -W "@MODELS@" -- "$word")); return ;;
    -o|--output) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --outcome)
      COMPREPLY=($(compgen -W "as_drafted weakened late bypassed not_adopted" -- "$word")); return ;;
    --journal) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --group) COMPREPLY=($(compgen -W "group id body year proposal issue" -- "$word")); return ;;
    --rule) COMPREPLY=($(compgen -W "@RULES@" -- "$word")); return ;;
    --list)
      local kinds="blocking winning"
      if [ "${COMP_WORDS[1]}" = route ]; then kinds="ports gates classes"; fi
      COMPREPLY=($(compgen -W "$kinds" -- "$word")); return ;;
    --close|--open) COMPREPLY=($(compgen -W "@GATES@" -- "$word")); return ;;
    --class) COMPREPLY=($(compgen -W "@CLASSES@" -- "$word")); return ;;
    --via) COMPREPLY=($(compgen -W "@GATES@ @PORTS@" -- "$word")); return ;;
    --max-latitude-south|--max-latitude-north|--speed) return ;;
    --on|--seed|--draws|--landing-draws|--presence-draws|--within|--threads|--note|--src|--receipt|\
    --folds|--scale|--issue|--set|--p|--p-default|--union|--most) return ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "new check run land import power score calibrate fleets route presence journal completion --help --version" -- "$word"))
    return
  fi
  local options=""
  case "${COMP_WORDS[1]}" in
    new) options="--body --on --output -o --force --lang --help" ;;
    check) options="--strict --json --help" ;;
    run) options="--seed --draws --landing-draws --presence-draws --models --within --threads --words --lang --json --quiet -q --output -o --help" ;;
    import) options="--format --capability --scale --issue --lang --json --body --on --output -o \
--force --help" ;;
    land) options="--format --capability --scale --issue --lang --model --set --rounds --json \
--list-models --help" ;;
    power) options="--body --on --rule --p --p-default --union --list --most --lang --json --quiet"
      options+=" -q --help" ;;
    score) options="--folds --leave-one-out --group --shipped --draws --seed --threads --json \
--quiet -q --help" ;;
    calibrate) options="--draws --seed --threads --json --quiet -q --help" ;;
    journal)
      if [ "$COMP_CWORD" -eq 2 ]; then
        COMPREPLY=($(compgen -W "add resolve list show score export verify --help" -- "$word"))
        return
      fi
      case "${COMP_WORDS[2]}" in
        add) options="--seed --draws --threads --words --quiet -q --journal --help" ;;
        resolve) options="--outcome --on --note --src --journal --help" ;;
        list) options="--json --journal --help" ;;
        show) options="--words --json --journal --help" ;;
        score) options="--all --json --journal --help" ;;
        export) options="--output -o --journal --help" ;;
        verify) options="--rerun --threads --receipt --json --journal --help" ;;
      esac
      if [ "${COMP_WORDS[2]}" != add ] && [[ "$word" != -* ]]; then return; fi ;;
    presence) options="--keep --by --draws --seed --words --lang --json --quiet -q --help" ;;
    route)
      options="--close --open --class --via --max-latitude-south --max-latitude-north --speed --lang --json --geojson --list --help"
      if [[ "$word" != -* ]]; then COMPREPLY=($(compgen -W "@PORTS@" -- "$word")); return; fi ;;
    fleets) options="--forces --deployments --goals --costs --memory --json --lang --help"
      if [[ "$word" != -* ]]; then COMPREPLY=($(compgen -W "@FLEETS@" -- "$word")); return; fi ;;
    completion) COMPREPLY=($(compgen -W "bash zsh --help" -- "$word")); return ;;
  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ "${COMP_WORDS[1]}" == import || "${COMP_WORDS[1]}" == land ]]; then
    COMPREPLY=($(compgen -f -X '!*.csv' -- "$word") $(compgen -f -X '!*.tsv' -- "$word") \
      $(compgen -f -X '!*.txt' -- "$word") $(compgen -f -X '!*.xml' -- "$word") \
      $(compgen -d -- "$word"))
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
    'import:show a published table of actors as it is read'
    'land:ask every bargaining model where a deal lands'
    'power:voting power under a rule, and the chance of passing'
    'journal:freeze forecasts, record outcomes, score them'
    'score:score forecasts of decided cases, beside baselines'
    'calibrate:fit the parameters of the consensus model to decided cases'
    'route:find the shortest way at sea between two places'
    'fleets:facts about navies, and how far they can be trusted'
    'presence:the ships that could be kept behind a decision'
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
           '--landing-draws[draws of the landing]:number:' \
           '--presence-draws[draws of the ships behind it]:number:' '--models[bargaining models]:ids:(@MODELS@)' \
           '*--within[range of the scale]:range:' \
           '--threads[threads]:number:' '--words[probability words]:yardstick:(icd203 uk)' \
           '--lang[language]:language:(en fr)' '--json[the whole answer as JSON]' \
           '(-q --quiet)'{-q,--quiet}'[no progress and no warnings]' \
           '(-o --output)'{-o,--output}'[write here]:file:_files' '--help[show help]' \
           '*:scenario:_files -g "*.toml"' ;;
    import) _arguments '--format[form of the table]:form:(@FORMATS@)' \
              '--capability[where capability comes from]:source:(@CAPABILITIES@)' \
              '--scale[scale of a table that names none]:range:' '*--issue[only this issue]:id:' \
              '--lang[language]:language:(en fr)' '--json[the whole table as JSON]' \
              '--body[write a scenario of this body]:body:(@BODIES@)' \
              '--on[date of the decision]:date:' \
              '(-o --output)'{-o,--output}'[write here]:file:_files' '--force[replace the file]' \
              '--help[show help]' '*:table:_files' ;;
    land) _arguments '--format[form of the table]:form:(@FORMATS@)' \
            '--capability[where capability comes from]:source:(@CAPABILITIES@)' \
            '--scale[scale of a table that names none]:range:' '*--issue[only this issue]:id:' \
            '--lang[language]:language:(en fr)' '*--model[only this model]:model:(@MODELS@)' \
            '*--set[parameter of a model]:setting:' '--rounds[positions after each round]' \
            '--json[everything as JSON]' '--list-models[models with their parameters]' \
            '--help[show help]' '*:table:_files' ;;
    power) _arguments '--body[body]:body:(@BODIES@)' '--on[date]:date:' \
             '--rule[another rule]:rule:(@RULES@)' '*--p[chances of a yes]:list:' \
             '--p-default[of all other members]:chance:' \
             '*--union[members who stand together]:list:' \
             '--list[list coalitions]:kind:(blocking winning)' '--most[so many]:number:' \
             '--lang[language]:language:(en fr)' '--json[everything as JSON]' \
             '(-q --quiet)'{-q,--quiet}'[no progress and no warnings]' '--help[show help]' \
             '*:scenario:_files -g "*.toml"' ;;
    journal) _delian_journal ;;
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
    route) _arguments '*--close[gates to shut]:gate:(@GATES@)' \
             '*--open[gates to open]:gate:(@GATES@)' '--class[class of ships]:class:(@CLASSES@)' \
             '*--via[stop to go by]:stop:(@GATES@ @PORTS@)' \
             '--max-latitude-south[keep north of]:degrees:' \
             '--max-latitude-north[keep south of]:degrees:' '--speed[speed in knots]:knots:' \
             '(--geojson)--json[the route as JSON]' '(--json)--geojson[the route as GeoJSON]' \
             '--list[what can be named]:list:(ports gates classes)' \
             '--lang[language]:language:(en fr)' '--help[show help]' \
             '*:port:(@PORTS@)' ;;
    fleets) _arguments '--forces[what is kept in a theatre for good]' \
              '--deployments[what was sent there]' '--goals[what was promised]' \
              '--costs[what a hull costs in a year]' '--memory[cells that rest on memory]' \
              '--json[the facts as JSON]' '--lang[language]:language:(en fr)' \
              '--help[show help]' '*:state:(@FLEETS@)' ;;
    presence) _arguments '--keep[plan for so many ships]:number:' '--by[states that sail]:codes:' \
                 '--draws[number of draws]:number:' '--seed[seed of the draws]:number:' \
                '--words[probability words]:yardstick:(icd203 uk)' \
                '--lang[language]:language:(en fr)' '--json[the whole study as JSON]' \
                '(-q --quiet)'{-q,--quiet}'[no progress and no warnings]' '--help[show help]' \
                '*:scenario:_files -g "*.toml"' ;;
    completion) _arguments '--help[show help]' '1:shell:(bash zsh)' ;;
  esac
}
_delian_journal() {
  local -a commands
  commands=(
    'add:answer a scenario and freeze the answer'
    'resolve:record how a question ended'
    'list:all forecasts, a line each'
    'show:one forecast, its outcome and its integrity'
    'score:how good the forecasts were'
    'export:everything, as JSON lines'
    'verify:check the chain, and answer again'
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    _arguments '--help[show help]'
    return
  fi
  local command="${words[2]}"
  local -a journal=('--journal[the journal]:file:_files')
  shift words
  (( CURRENT-- ))
  case "$command" in
    add) _arguments '--seed[seed of the draws]:number:' '--draws[number of draws]:number:' \
           '--threads[threads]:number:' '--words[probability words]:yardstick:(icd203 uk)' \
           '(-q --quiet)'{-q,--quiet}'[no progress and no warnings]' $journal \
           '--help[show help]' '*:scenario:_files -g "*.toml"' ;;
    resolve) _arguments \
               '--outcome[what happened]:outcome:(as_drafted weakened late bypassed not_adopted)' \
               '--on[date of the decision]:date:' '--note[what should be known of it]:text:' \
               '--src[where it can be read]:url:' $journal '--help[show help]' '1:id:' ;;
    list) _arguments '--json[as JSON]' $journal '--help[show help]' ;;
    show) _arguments '--words[probability words]:yardstick:(icd203 uk)' '--json[as JSON]' \
            $journal '--help[show help]' '1:id:' ;;
    score) _arguments '--all[also those not frozen before the event]' '--json[as JSON]' \
             $journal '--help[show help]' ;;
    export) _arguments '(-o --output)'{-o,--output}'[write here]:file:_files' $journal \
              '--help[show help]' ;;
    verify) _arguments '--rerun[answer all again and compare the bytes]' \
              '--threads[threads]:number:' '--receipt[must be in the chain]:hash:' \
              '--json[as JSON]' $journal '--help[show help]' '*:id:' ;;
  esac
}
_delian "$@"
)";

/// Puts the words in place of the mark, wherever it stands.
void fill_in(std::string& script, std::string_view mark, std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) list.append(list.empty() ? "" : " ").append(word);
  for (std::size_t at = script.find(mark); at != std::string::npos; at = script.find(mark, at)) {
    script.replace(at, mark.size(), list);
    at += list.size();
  }
}

template <class Row>
std::vector<std::string_view> ids_of(const std::vector<Row>& rows) {
  std::vector<std::string_view> ids;
  for (const Row& row : rows) ids.push_back(row.id);
  return ids;
}

}  // namespace

int completion(const CompletionArguments& arguments, Streams& streams) {
  std::vector<std::string_view> bodies;
  for (const Body& body : io::atlas().bodies) bodies.push_back(body.id);
  std::vector<std::string_view> models;
  for (const BargainingModel* model : bargaining_models()) models.push_back(model->info.id);
  std::vector<std::string_view> rules;
  for (const RulePresetInfo& rule : rule_presets()) rules.push_back(rule.id);
  std::string script(arguments.shell == "bash" ? bash : zsh);
  std::vector<std::string_view> navies;
  for (const fleet::Navy& navy : io::fleets().navies) navies.push_back(navy.state);
  fill_in(script, "@FLEETS@", navies);
  fill_in(script, "@BODIES@", bodies);
  const sea::Facts& sea = io::sea_network().facts();
  fill_in(script, "@GATES@", ids_of(sea.gates));
  fill_in(script, "@PORTS@", ids_of(sea.ports));
  fill_in(script, "@CLASSES@", ids_of(sea.classes));
  fill_in(script, "@MODELS@", models);
  fill_in(script, "@RULES@", rules);
  fill_in(script, "@FORMATS@", io::table_format_names);
  fill_in(script, "@CAPABILITIES@", io::capability_source_names);
  streams.out << script;
  return exit_ok;
}

}  // namespace delian::cli
