#include "solver/cbc.hpp"

#include <coin/Cbc_C_Interface.h>

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace delian::solver {
namespace {

using presence::IntegerProgram;
using presence::SolverAnswer;
using presence::SolverStatus;

struct Deleter {
  void operator()(Cbc_Model* model) const { Cbc_deleteModel(model); }
};

/// Cbc's infinity is the largest double.
double bound(double value) {
  constexpr double largest = std::numeric_limits<double>::max();
  return std::min(std::max(value, -largest), largest);
}

void load(Cbc_Model* model, const IntegerProgram& program) {
  std::vector<CoinBigIndex> start(program.columns.size() + 1, 0);
  std::vector<int> rows;
  std::vector<double> values;
  // Entries come column by column, but not every programme lists its columns in one go.
  for (const IntegerProgram::Entry& entry : program.entries) ++start[entry.column + 1];
  for (std::size_t c = 0; c < program.columns.size(); ++c) start[c + 1] += start[c];
  rows.resize(program.entries.size());
  values.resize(program.entries.size());
  std::vector<CoinBigIndex> next(start.begin(), start.end() - 1);
  for (const IntegerProgram::Entry& entry : program.entries) {
    const auto place = static_cast<std::size_t>(next[entry.column]++);
    rows[place] = static_cast<int>(entry.row);
    values[place] = entry.value;
  }
  std::vector<double> lower;
  std::vector<double> upper;
  std::vector<double> cost;
  for (const IntegerProgram::Column& column : program.columns) {
    lower.push_back(bound(column.lower));
    upper.push_back(bound(column.upper));
    cost.push_back(column.cost);
  }
  std::vector<double> row_lower;
  std::vector<double> row_upper;
  for (const IntegerProgram::Row& row : program.rows) {
    row_lower.push_back(bound(row.lower));
    row_upper.push_back(bound(row.upper));
  }
  Cbc_loadProblem(model, static_cast<int>(program.columns.size()),
                  static_cast<int>(program.rows.size()), start.data(), rows.data(), values.data(),
                  lower.data(), upper.data(), cost.data(), row_lower.data(), row_upper.data());
  for (std::size_t c = 0; c < program.columns.size(); ++c) {
    if (program.columns[c].integer) Cbc_setInteger(model, static_cast<int>(c));
  }
}

}  // namespace

SolverAnswer solve(const IntegerProgram& program, int most_nodes) {
  const std::unique_ptr<Cbc_Model, Deleter> model(Cbc_newModel());
  Cbc_setParameter(model.get(), "logLevel", "0");
  Cbc_setParameter(model.get(), "messages", "off");
  Cbc_setParameter(model.get(), "threads", "0");
  Cbc_setParameter(model.get(), "randomSeed", "1");
  Cbc_setParameter(model.get(), "randomCbcSeed", "1");
  Cbc_setParameter(model.get(), "maxNodes", std::to_string(most_nodes).c_str());
  // Its substitutions give a dearer answer than the best and call it proven (2.10.8).
  Cbc_setParameter(model.get(), "preprocess", "off");
  Cbc_setParameter(model.get(), "ratioGap", "0");
  Cbc_setParameter(model.get(), "allowableGap", "1e-9");
  load(model.get(), program);
  Cbc_solve(model.get());

  SolverAnswer answer;
  if (Cbc_isProvenInfeasible(model.get()) != 0) {
    answer.status = SolverStatus::infeasible;
    return answer;
  }
  if (Cbc_isAbandoned(model.get()) != 0) return answer;
  answer.status =
      Cbc_isProvenOptimal(model.get()) != 0 ? SolverStatus::optimal : SolverStatus::stopped;
  const double* x = Cbc_bestSolution(model.get());
  if (x == nullptr)
    x = Cbc_isProvenOptimal(model.get()) != 0 ? Cbc_getColSolution(model.get()) : nullptr;
  if (x != nullptr) answer.x.assign(x, x + program.columns.size());
  return answer;
}

}  // namespace delian::solver
