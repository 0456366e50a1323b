# Expected values for tests/comparisons/test_trend_fit.py, made by R's own stats package.
# Run: Rscript make_trend.R   (R 4.2.2; reads trend_counts.csv, writes trend.csv and trend_fitted.csv)
# Counts by code and area are recorded_crime v1 with residents of 0 to 17 of population v2; the rest are made up.
# Residents are left out where they are not known; what no step divides has no column for it.
options(digits = 17, scipen = 999)
cases <- read.csv("trend_counts.csv")
cases$row <- seq_len(nrow(cases))
changes <- NULL
for (case in unique(cases$case)) {
  own <- cases[cases$case == case, ]
  own$people <- if (anyNA(own$population)) 1 else own$population
  steps <- Filter(function(name) length(unique(own[[name]])) > 1, c("step_1", "step_2"))
  form <- reformulate(c("year", steps, "offset(log(people))"), "count")
  # All 100 steps, for R stops early by its own measure: then it says that nothing moves less than 1e-15.
  fit <- suppressWarnings(
    glm(form, family = quasipoisson, data = own, control = glm.control(epsilon = 1e-15, maxit = 100)))
  dispersion <- summary(fit)$dispersion
  # Counts that vary less than by chance are taken to vary as by chance.
  errors <- sqrt(diag(summary(fit, dispersion = max(1, dispersion))$cov.scaled))
  away <- qt(0.975, fit$df.residual) * errors
  told <- data.frame(case, term = names(coef(fit)), change = expm1(coef(fit)), lower = expm1(coef(fit) - away),
                     upper = expm1(coef(fit) + away), dispersion, degrees_of_freedom = fit$df.residual)
  changes <- rbind(changes, told[-1, ])
  cases$fitted[own$row] <- fitted(fit)
}
for (name in c("change", "lower", "upper", "dispersion")) changes[[name]] <- sprintf("%.17g", changes[[name]])
write.csv(changes, "trend.csv", row.names = FALSE, quote = FALSE)
write.csv(data.frame(fitted = sprintf("%.17g", cases$fitted)), "trend_fitted.csv", row.names = FALSE, quote = FALSE)
