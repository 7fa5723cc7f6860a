//! Families of metrics.

use super::vocabulary::vocabulary;

/// Families of metrics; two metrics of one category are peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Broad equity index or a fund on one.
    EquityIndex,
    /// Sector of an equity market.
    EquitySector,
    /// Implied volatility.
    Volatility,
    /// Precious metal.
    PreciousMetal,
    /// Industrial metal.
    IndustrialMetal,
    /// Oil, gas and funds on them.
    Energy,
    /// Government bond fund.
    GovernmentBond,
    /// Corporate bond fund.
    CorporateBond,
    /// Credit spread.
    CreditSpread,
    /// Interest rate or government bond yield.
    InterestRate,
    /// Slope of the yield curve.
    YieldCurve,
    /// Expected inflation from market prices.
    InflationExpectation,
    /// Currency or currency index.
    Currency,
    /// Crypto asset.
    Crypto,
    /// Price index or inflation release.
    Inflation,
    /// Labour market release.
    LabourMarket,
    /// State of the business cycle.
    BusinessCycle,
    /// Index of financial conditions or stress.
    FinancialConditions,
    /// Balance sheet of a central bank.
    CentralBank,
    /// Imported without a catalogue entry.
    Uncatalogued,
}

vocabulary!(Category, "category", {
    EquityIndex => "equity-index", "equity index";
    EquitySector => "equity-sector", "equity sector";
    Volatility => "volatility", "implied volatility";
    PreciousMetal => "precious-metal", "precious metal";
    IndustrialMetal => "industrial-metal", "industrial metal";
    Energy => "energy", "energy";
    GovernmentBond => "government-bond", "government bonds";
    CorporateBond => "corporate-bond", "corporate bonds";
    CreditSpread => "credit-spread", "credit spread";
    InterestRate => "interest-rate", "interest rate";
    YieldCurve => "yield-curve", "slope of the yield curve";
    InflationExpectation => "inflation-expectation", "expected inflation";
    Currency => "currency", "currency";
    Crypto => "crypto", "crypto asset";
    Inflation => "inflation", "consumer prices";
    LabourMarket => "labour-market", "labour market";
    BusinessCycle => "business-cycle", "business cycle";
    FinancialConditions => "financial-conditions", "financial conditions";
    CentralBank => "central-bank", "central bank balance sheet";
    Uncatalogued => "uncatalogued", "not in the catalogue";
});

impl Category {
    /// Whether the metric follows shares: an index or a sector of an equity market.
    pub fn is_equity(self) -> bool {
        matches!(self, Self::EquityIndex | Self::EquitySector)
    }

    /// Whether the metric follows the credit of companies: a spread over government bonds, or a fund of their bonds.
    pub fn is_credit(self) -> bool {
        matches!(self, Self::CreditSpread | Self::CorporateBond)
    }

    /// Whether the metric is read off the bond market's rates: a yield, a slope of the curve, expected inflation.
    pub fn is_rate(self) -> bool {
        matches!(self, Self::InterestRate | Self::YieldCurve | Self::InflationExpectation)
    }

    /// Whether the metric is published as a statistic of the economy.
    pub fn is_release(self) -> bool {
        matches!(
            self,
            Self::Inflation | Self::LabourMarket | Self::BusinessCycle | Self::FinancialConditions | Self::CentralBank
        )
    }
}
