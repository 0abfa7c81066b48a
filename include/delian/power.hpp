#pragma once
// Voting power: what a decision rule alone gives to each member, and what the members' chances of
// consenting make of it. Votes are read as yes or no; for rules that know abstention see
// count_profiles().
//
// Notation of the formulas: n members; W winning coalitions; a swing of i is a winning coalition
// that loses without i; s members in it; p the members' chances of saying yes.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"
#include "delian/rule.hpp"

namespace delian::power {

/// The largest body for which anything is computed.
inline constexpr std::size_t most_members = 1000;

/// What a rule says once its vetoes are taken out, with every criterion in whole numbers. A
/// coalition wins when it holds all `vetoers` and, of the `others`, at least `win_from`, or at
/// least `weigh_from` who together reach the quota of every criterion.
struct NormalForm {
  std::vector<std::size_t> vetoers;  ///< members without whom nothing passes, ascending
  std::vector<std::size_t> others;   ///< all the others, ascending
  std::size_t weigh_from = 0;        ///< <= win_from
  std::size_t win_from = 0;          ///< at most the number of others, plus one
  /// Weights follow `others`. Those that numbers of members decide anyway are left out.
  std::vector<Rule::YesQuota> criteria;
  /// One criterion, and the two numbers above only say what it says: a weighted game.
  bool weights_alone = false;
};

/// A simple game: which coalitions win. Everybody together wins, nobody does not, and a coalition
/// that grows never begins to lose.
class SimpleGame {
 public:
  /// The rule for votes of yes and no.
  explicit SimpleGame(const Rule& rule);

  /// A coalition wins when its members weigh at least `quota`.
  ///
  /// Errors  E305: as Rule::make(). `pointer` goes into every diagnostic.
  static Expected<SimpleGame> weighted(std::vector<double> weight, double quota,
                                       std::string_view pointer);

  std::size_t members() const { return members_; }

  /// @param coalition  one per member: 1 for those who say yes
  bool wins(std::span<const std::uint8_t> coalition) const;

  const NormalForm& form() const { return form_; }

 private:
  NormalForm reduced() const;

  std::size_t members_ = 0;
  std::vector<std::uint8_t> veto_;
  std::size_t weigh_from_ = 0;  // as in NormalForm, for all members
  std::size_t win_from_ = 0;
  std::vector<Rule::YesQuota> criteria_;
  NormalForm form_;
};

/// How a number was found. All are exact; the integral and sums of probabilities up to rounding.
enum class Method : std::uint8_t {
  closed_form,         ///< numbers of members and vetoes decide
  enumeration,         ///< every coalition is looked at
  meet_in_the_middle,  ///< halves of the body, sorted by weight and matched
  integral,            ///< distribution of weight along the multilinear extension
};
std::string_view method_name(Method method);  // "meet-in-the-middle"

/// A member's a-priori power: all coalitions, or all orders of members, count alike.
struct MemberPower {
  double shapley_shubik = 0;  ///< share of the orders in which i turns a losing coalition; sum to 1
  double banzhaf_measure = 0;    ///< swings / 2^(n-1): the chance to decide when all toss coins
  double banzhaf_index = 0;      ///< share of all swings; sum to 1
  double prevent = 0;            ///< Coleman: swings / winning coalitions
  double initiate = 0;           ///< Coleman: swings / losing coalitions
  bool veto = false;             ///< nothing passes without it
  std::optional<double> swings;  ///< their number, where counted and below 2^53
};

struct Indices {
  std::vector<MemberPower> members;
  double act = 0;                 ///< Coleman: share of coalitions that win
  std::optional<double> winning;  ///< their number, where counted and below 2^53
  Method method = Method::closed_form;
};

/// Shapley and Shubik 1954, Banzhaf 1965 (Penrose 1946), Coleman 1971.
///
/// Methods   The first that can: closed form; meeting in the middle up to 40 others than vetoers
/// (36
///           with two weights); the integral for a weighted game whose quota fits; meeting in the
///           middle up to 45; enumeration up to 28. `method` asks for one.
/// Accuracy  Counted indices to a few units in the last place, integrals to 1e-13.
/// Errors    E410: no method, or not the one asked for, can do it; the message says why.
Expected<Indices> indices(const SimpleGame& game, std::optional<Method> method = std::nullopt);

/// P(pass) and its gradient when members vote independently of one another.
struct PassProbability {
  double probability = 0;
  /// By member: the change of P(pass) per change of its p, which is the chance that it decides.
  std::vector<double> gradient;
  Method method = Method::closed_form;
};

/// Owen 1972: f(p) = sum over winning S of prod_{i in S} p_i prod_{i not in S} (1 - p_i), and
/// df/dp_i. At p = 1/2 they are Coleman's power to act and the Banzhaf measures.
///
/// @param consent  chance of a yes by member, in [0, 1]
/// Errors  E410 as indices(); E411 one chance too many or too few, or one outside 0 to 1.
Expected<PassProbability> pass_probability(const SimpleGame& game, std::span<const double> consent,
                                           std::optional<Method> method = std::nullopt);

enum class CoalitionKind : std::uint8_t {
  winning,   ///< passes the proposal against all others
  blocking,  ///< stops it against all others
};

/// Coalitions that lose their power when any one of their members leaves. Whole numbers; exact
/// below 2^53. Nothing where two or more weights decide in a body of more than 28, or the weights
/// of more than 45 are too large.
std::optional<double> count_minimal_coalitions(const SimpleGame& game, CoalitionKind kind);

struct CoalitionList {
  /// Members in order of weight, vetoers first.
  std::vector<std::vector<std::size_t>> coalitions;
  bool complete = false;  ///< there are no others
};

/// Minimal coalitions, smallest first; among those of one size the weightier members come first.
///
/// @param most  how many at most
/// Cost  A search that stops after ten million steps; then the list is cut short.
CoalitionList list_minimal_coalitions(const SimpleGame& game, CoalitionKind kind, std::size_t most);

/// The least number of winning coalitions with no member in common (Nakamura 1979). Up to that
/// number less two dimensions of issues, some text always withstands every other; in more, votes
/// may cycle. Infinite exactly when somebody has a veto.
struct NakamuraNumber {
  bool infinite = false;
  int least = 0;  ///< 0 when infinite
  int most = 0;   ///< equal to `least` but where a search of five million steps left it open
};
NakamuraNumber nakamura_number(const SimpleGame& game);

/// Power when some members are known to stand together.
struct UnionPower {
  std::vector<double> owen;          ///< by member; sums to 1
  std::vector<double> banzhaf_owen;  ///< by member; a measure, does not sum to 1
};

/// Owen 1977 (Shapley-Shubik) and Owen 1981 (Banzhaf): the unions stand in random order, and so do
/// the members within each; or each of the other unions, and each other member of one's own, tosses
/// a coin.
///
/// @param unions  disjoint lists of members; who is in none stands alone
/// Errors  E412: a member that does not exist or stands in two unions; an empty union.
///         E410: more coalitions than can be counted; the message says why.
Expected<UnionPower> union_power(const SimpleGame& game,
                                 std::span<const std::vector<std::size_t>> unions);

/// Votes of yes, abstain and no.
struct ProfileCount {
  double passing = 0;                ///< of 3^n; exact below 2^53
  double share = 0;                  ///< of all
  bool no_or_abstain_alike = false;  ///< an abstention is as good as a no everywhere
};

/// How many of the 3^n ways in which n members can vote pass. Members alike in everything are
/// counted together. Nothing where too many differ and the rule is none for which yes and not yes
/// is all that counts.
std::optional<ProfileCount> count_profiles(const Rule& rule);

/// Indices that count only coalitions in which somebody, or everybody, decides.
struct CoalitionIndices {
  std::vector<double> deegan_packel;  ///< minimal winning ones, each shared equally by its members
  std::vector<double> public_good;    ///< Holler-Packel: share of minimal winning ones held
  std::vector<double> johnston;       ///< those with swings, each shared equally by who swings it
};

/// Deegan and Packel 1978, Holler 1982, Johnston 1978, for replication. Each sums to 1.
///
/// Errors  E410: more than 24 members.
Expected<CoalitionIndices> coalition_indices(const SimpleGame& game);

}  // namespace delian::power
