using Xunit;

namespace Cnn.Tests.Support;

public sealed class AgreementTests
{
    [Fact]
    public void A_difference_above_the_tolerance_a_NaN_and_another_length_fail()
    {
        Agreement.Check([1.0, 100.0], [1.0009, 100.0], 1e-5, "within");
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Agreement.Check([1.0, 100.0], [1.0011, 100.0], 1e-5, "outside"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Agreement.Check([1.0], [double.NaN], 1e-5, "NaN"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Agreement.Check([1.0], [1.0, 1.0], 1e-5, "length"));
    }
}
